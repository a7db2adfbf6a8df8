/** The repository around it is no part of the app. */
export default { turbopack: { root: import.meta.dirname } };
