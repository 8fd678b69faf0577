import { Documents } from "../../../../rehearsal/world/data/documents.ts";
import { DocumentStore } from "../../../../rehearsal/world/data/document-store.ts";
import { Copier } from "../../../../rehearsal/world/data/copier.ts";
import { orders } from "./example-stores.ts";

/** Two stores of documents with a copier between them: as any pair of stores, and quick. */
export const documentPair = (blueDocuments: number) => {
  const tables = [{ ...orders, columns: ["person"] }];
  const documents = {
    blue: new Documents({ orders: blueDocuments, sessions: 1 }, tables),
    green: new Documents({ orders: 0 }, tables),
  };
  const stores = {
    blue: new DocumentStore(documents.blue, tables),
    green: new DocumentStore(documents.green, tables),
    tables,
  };
  return { table: tables[0] ?? orders, documents, stores, copier: new Copier(stores) };
};
