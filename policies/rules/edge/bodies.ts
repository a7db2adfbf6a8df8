/** What customers send: forms and files get in, and nothing beyond what a service takes. */
import { webAcl } from "../../declared/edge.ts";
import { type Sent, stopsBody } from "../../effects/web-acl-body.ts";
import { type Doubt, type Rule, resourceRule, type Violation } from "../../rule.ts";

/** A file of 1 MB, which is what Next.js takes of a Server Action (`serverActions.bodySizeLimit`), in a form. */
const ordinary = 1_050_000;

/** What Vercel's functions take at most is 4.5 MB (documentation, "Functions limits"); this is in the tenth beyond. */
const excessive = 5_000_000;

const stating = (bytes: number): Sent => ({ bytes, told: String(bytes) });

export const bodyRules: readonly Rule[] = [
  resourceRule({
    id: "edge-uploads-let-in",
    item: "EDGE-17",
    needs: { edge: ["cloudfront"] },
    type: webAcl,
    check: ({ props }) => {
      const stopped = [10_000, ordinary].find((bytes) => stopsBody(props, stating(bytes)) !== false);
      if (props.defaultAction?.allow === undefined)
        return { observed: "what no rule is about is blocked", wanted: "let in" };
      if (stopped === undefined) return undefined;
      return stopsBody(props, stating(stopped))
        ? { observed: `a body of ${stopped} bytes is blocked`, wanted: `let in up to ${ordinary}` }
        : { doubt: "a rule may block large bodies" };
    },
  }),
  resourceRule({
    id: "edge-bodies-limited",
    item: "EDGE-06",
    type: webAcl,
    check: ({ props }) => {
      return [
        { sent: stating(excessive), what: `a body of ${excessive} bytes` },
        { sent: { bytes: excessive, told: undefined }, what: "a large body that does not say how large" },
      ].flatMap(({ sent, what }): readonly (Violation | Doubt)[] => {
        const stopped = stopsBody(props, sent);
        if (stopped === undefined) return [{ doubt: `whether ${what} is blocked is not understood` }];
        return stopped ? [] : [{ observed: `${what} is let in`, wanted: "blocked" }];
      });
    },
  }),
];
