/**
 * Places services in columns: who is called stands right of who calls first. The outside world counts only for those that nobody
 * else calls, so that a look at a service's own port does not drag it to the front.
 */
export function columnsOf(calls) {
  const between = calls.filter(({ kind, from, to }) => kind !== 'database' && from !== to);
  const called = new Set(between.filter(({ from }) => from !== 'client').map(({ to }) => to));
  const edges = between.filter(({ from, to }) => from !== 'client' || !called.has(to));
  const nodes = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const columns = [];
  const placed = new Set();
  let next = [...nodes].filter((node) => !edges.some(({ to }) => to === node));
  // A ring of services has no first: any of them begins.
  if (next.length === 0) next = [...nodes].slice(0, 1);
  while (next.length > 0) {
    for (const node of next) placed.add(node);
    columns.push(busiestInTheMiddle(next, edges));
    next = [
      ...new Set(edges.filter(({ from, to }) => next.includes(from) && !placed.has(to)).map(({ to }) => to)),
    ];
  }
  return { columns, edges: edges.filter(({ from, to }) => placed.has(from) && placed.has(to)) };
}

function busiestInTheMiddle(nodes, edges) {
  const degree = (node) => edges.filter(({ from, to }) => from === node || to === node).length;
  const order = nodes.toSorted((a, b) => degree(b) - degree(a) || a.localeCompare(b));
  const before = order.filter((_, index) => index % 2 === 1).reverse();
  return [...before, ...order.filter((_, index) => index % 2 === 0)];
}
