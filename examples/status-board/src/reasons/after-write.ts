/**
 * Options of every write. The list is asked for again: its filter, its count and its revision are the
 * gateway's to tell. Nobody waits for it: a write that succeeded has not failed because the list then did.
 */
export const afterWrite = { refetchQueries: ["Reasons"] };
