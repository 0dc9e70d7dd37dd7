type Log = (line: string) => void;
const hello = "Hello from my first live web socket!";

export function echoNatively(url: string, log: Log): void {
  const socket = new WebSocket(url);

  socket.onopen = () => {
    log("open");
    socket.send(hello);
    setTimeout(() => socket.close(1000, "done"), 5_000);
  };
  socket.onmessage = ({ data }) => log(`echo: ${data}`);
  socket.onerror = () => log("an error, and nobody says which");
  socket.onclose = ({ code, reason }) => {
    log(`closed: ${code} ${reason}`);
  };
}
