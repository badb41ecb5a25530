// Says how many answers wait on this device, and goes on once there is a network.
const waiting = Object.keys(localStorage).filter((name) => name.startsWith('humanrail-answer:'));
const place = document.getElementById('kept');
if (place && waiting.length > 0) {
  place.textContent =
    waiting.length === 1
      ? 'One answer is saved on this device. It is sent when you are online.'
      : `${waiting.length} answers are saved on this device. They are sent when you are online.`;
}
const again = () => window.location.reload();
window.addEventListener('online', again);
// The network may be there before the server is, or be told of a moment too early.
if (navigator.onLine) setTimeout(again, 5_000);
document.getElementById('again')?.addEventListener('click', again);
