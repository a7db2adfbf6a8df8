/**
 * The template of a post-mortem, in Markdown with Datadog's variables ("Incident Variables Reference"). Its
 * sections are those of the example in Google's "Site Reliability Engineering", appendix D.
 */
export const postMortem = `
{{incident.card}}

*Blameless: everybody acted sensibly on what they knew then. Write what people saw and what the system let \
happen, never who is at fault. Draft within two working days; review with everybody who responded within five. \
Required for every SEV-1 and SEV-2, and for any incident in which data was lost or luck decided.*

# {{incident.title}}

| | |
|---|---|
| Severity | {{incident.severity}} |
| Commander | {{incident.commander}} |
| Responders | {{incident.responders_full_list}} |
| Detected | {{incident.detected}} |
| Resolved | {{incident.resolved}} |
| Authors | |
| Status | draft / in review / agreed |

## Summary

*Three sentences that somebody outside the team understands: what customers could not do, from when to when, \
and why it is over.*

## Impact

{{incident.customer_impact}}

- Duration: {{incident.customer_impact_start}} to {{incident.customer_impact_end}} \
({{incident.customer_impact_duration}})
- Customers and requests affected, in numbers:
- Data lost or wrong:
- Share of the month's error budget spent:
- Support tickets, refunds, contractual notices:

## Timeline

*In UTC. Mark these six: first effect on customers, first alert, first acknowledgement, cause found, effect \
ended, resolved. The gaps between them are what this review can shorten.*

{{incident.timeline}}

## Root causes

*Trigger: {{incident.trigger}}. Ask why until the answer is something that we can change, and stop before it is \
a person. Most incidents have several causes; name each, and why the checks before it let it through.*

## Detection

*Which alert fired, how long after the first effect, and was it the right one? If a customer told us first, \
which alert should have?*

## Mitigation and resolution

*Ended by: {{incident.mitigation}}. What was tried, what worked, what made it worse? Was a rollback possible, and \
how long did it take?*

## What went well

-

## What went badly

-

## Where we were lucky

*What would have been worse an hour later, at peak load, or with somebody else on call?*

-

## Action items

*Each has one owner, who agreed, and a due date. At least one prevents the cause or detects it sooner; "be more \
careful" is none. The review closes when each has a ticket.*

| Action | Prevents, detects or mitigates | Owner | Due | Ticket |
|---|---|---|---|---|
| | | | | |

## Supporting information

*Graphs, queries, logs, chat: links that still open in a year.*
`.trim();
