import assert from "node:assert/strict";
import { definedBy, enclosingSymbol } from "../../src/review/symbol";

describe("the symbol around a line", () => {
  it("knows what a line defines in the usual languages", () => {
    const lines: [string, string | null][] = [
      ["export async function total(cart: Cart): number {", "total"],
      ["export default class Cart extends Base {", "Cart"],
      ["  async add(item: Item): Promise<void> {", "add"],
      ["  #hidden(a, b) {", "hidden"],
      ["const pay = async (order) => {", "pay"],
      ["  let each = item => {", "each"],
      ["    def total(self, cart):", "total"],
      ["func (c *Cart) Total(items []Item) (int, error) {", "Total"],
      ["pub fn total(cart: &Cart) -> u32 {", "total"],
      ["    public static int total(Cart cart) {", "total"],
      ["if (a) {", null],
      ["for (const a of b) {", null],
      ["return total(cart);", null],
      ["const sum = total(cart);", null],
      ["// function gone() {", null],
      ["", null],
    ];
    for (const [line, expected] of lines) assert.equal(definedBy(line), expected, line);
  });

  it("names the way from the outside in", () => {
    const lines = [
      "class Cart {",
      "  add(item) {",
      "    this.items.push(item);",
      "  }",
      "",
      "  total() {",
      "    for (const item of this.items) {",
      "      sum += item.price;",
      "    }",
      "    return sum;",
      "  }",
      "}",
      "const limit = 3;",
    ];
    const at = (line: number) => enclosingSymbol(lines, line);
    assert.deepEqual([1, 2, 3].map(at), ["Cart", "Cart.add", "Cart.add"]);
    assert.deepEqual([6, 7, 8, 9, 10].map(at), [
      "Cart.total",
      "Cart.total",
      "Cart.total",
      "Cart.total",
      "Cart.total",
    ]);
    assert.deepEqual([12, 13].map(at), [null, null]);
  });
});
