/** What the user can mend: the message says it all, and a stack would only hide it. */
export class Sorry extends Error {}
