import { expect, it } from 'vitest';
import { dropdownPlace } from './dropdown-place';

const VIEW = { width: 390, height: 800 };
const SIZE = { width: 200, height: 300 };
const button = (left: number, top: number) => ({
  left,
  right: left + 80,
  top,
  bottom: top + 36,
});

it('opens on its side, along the edge that it shares with the button', () => {
  expect(dropdownPlace('bottom-start', button(20, 100), SIZE, VIEW)).toEqual({
    left: 20,
    top: 144,
  });
  expect(dropdownPlace('bottom-end', button(280, 100), SIZE, VIEW)).toEqual({
    left: 160,
    top: 144,
  });
  expect(dropdownPlace('top-start', button(20, 700), SIZE, VIEW)).toEqual({ left: 20, top: 392 });
});

it('opens on the other side where only that has the room', () => {
  expect(dropdownPlace('bottom-start', button(20, 700), SIZE, VIEW).top).toBe(392);
  expect(dropdownPlace('top-start', button(20, 40), SIZE, VIEW).top).toBe(84);
});

it('stays in the window, however wide it is and wherever its button is', () => {
  expect(dropdownPlace('bottom-start', button(350, 100), SIZE, VIEW).left).toBe(182);
  expect(dropdownPlace('bottom-end', button(-40, 100), SIZE, VIEW).left).toBe(8);
  const tall = { width: 380, height: 790 };
  expect(dropdownPlace('top-start', button(20, 400), tall, VIEW)).toEqual({ left: 8, top: 8 });
});
