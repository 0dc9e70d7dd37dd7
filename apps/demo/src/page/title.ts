let view = "";
let unread = 0;

/** Says in the title which view it is. */
export function titleView(name: string): void {
  view = name;
  draw();
}

/** Says in the title how many notifications wait. */
export function titleUnread(count: number): void {
  unread = count;
  draw();
}

function draw(): void {
  document.title = `${unread ? `(${unread}) ` : ""}Holdfast · ${view}`;
}
