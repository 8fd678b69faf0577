/** The least that an engine can be given: what remains is the cost of starting and ending. */
export {};
