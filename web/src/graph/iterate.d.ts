/** The library gives no types for its inner loop: one round over matrices, in place. */
declare module 'graphology-layout-forceatlas2/iterate.js' {
  function iterate(
    settings: Readonly<Record<string, number | boolean>>,
    nodes: Float32Array,
    edges: Float32Array,
  ): unknown

  // biome-ignore lint/style/noDefaultExport: it is what the library gives
  export { iterate as default }
}
