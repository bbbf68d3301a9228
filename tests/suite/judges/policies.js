// Has the policies that it is given judged, and prints all that is found in them.
const { CspEvaluator } = require("csp_evaluator/dist/evaluator.js");
const { CspParser } = require("csp_evaluator/dist/parser.js");
const found = process.argv.slice(1).flatMap((policy) => new CspEvaluator(new CspParser(policy).csp).evaluate());
console.log(JSON.stringify(found));
