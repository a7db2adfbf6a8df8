/** Node's own `import`, also where a test runner puts another one in its place in ES modules. */
exports.nativeImport = (url) => import(url);
