/** A program that declares nothing: whatever the stack still holds would go. */
export {};
