/** So much is worth a frame of its own when something is asked, whatever the turn still brings: the peer can begin with the answers. */
export const burstBytes = 24_000;

/** What a record weighs there beside its text. */
export const recordBytes = 500;
