/** Two short rising notes, made here, so that no file has to be fetched when it is wanted. */
const NOTES = [
  { hertz: 659.25, atSeconds: 0 },
  { hertz: 880, atSeconds: 0.14 },
];
const LOUDNESS = 0.18;
const NOTE_SECONDS = 0.42;

let context: AudioContext | null = null;

/** Plays the sound of an offer. A browser that allows none before a click stays silent. */
export async function playChime(): Promise<void> {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') await context.resume();
    const start = context.currentTime + 0.02;
    for (const { hertz, atSeconds } of NOTES) playNote(context, hertz, start + atSeconds);
  } catch {
    // No sound is no fault: the offer is on the page, and is announced.
  }
}

function playNote(on: AudioContext, hertz: number, at: number): void {
  const tone = on.createOscillator();
  const volume = on.createGain();
  tone.type = 'sine';
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_SECONDS);
  tone.connect(volume).connect(on.destination);
  tone.start(at);
  tone.stop(at + NOTE_SECONDS);
}
