/** From here the asymptotic series has more than twelve digits. */
const ASYMPTOTIC_FROM = 8;

/** ψ(x), the derivative of ln Γ(x), for x > 0: recurrence up to 8, then the asymptotic series. */
export function digamma(x: number): number {
  let shifted = x;
  let below = 0;
  while (shifted < ASYMPTOTIC_FROM) {
    below -= 1 / shifted;
    shifted += 1;
  }
  const inverse = 1 / (shifted * shifted);
  const series =
    inverse *
    (1 / 12 -
      inverse *
        (1 / 120 -
          inverse *
            (1 / 252 - inverse * (1 / 240 - inverse * (1 / 132 - (inverse * 691) / 32_760)))));
  return below + Math.log(shifted) - 0.5 / shifted - series;
}
