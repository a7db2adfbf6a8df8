/** Options of a check from outside that make it look less often, less closely, or not at all. */
import { syntheticCheck } from "../../declared/monitoring.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import {
  absent,
  anything,
  between,
  ifSet,
  off,
  oneOf,
  type SoundProperties,
  unlooked,
  unsound,
} from "../../sound/sound.ts";
import { presets } from "../alert-routing/option-rules.ts";

/** A certificate is looked at once a day at least. */
const daySeconds = 86_400;

const checkOptions: SoundProperties = {
  "optionsList.tickEvery": between(30, daySeconds, "seconds"),
  // Hours and days outside of which nobody looks.
  "optionsList.scheduling": absent,
  // Of a fault that lasts shorter nobody hears.
  "optionsList.minFailureDuration": ifSet(between(0, 300, "seconds")),
  "optionsList.retry.count": ifSet(between(0, 3)),
  "optionsList.retry.interval": ifSet(between(0, 5000, "ms")),
  "optionsList.allowInsecure": off,
  "optionsList.acceptSelfSigned": off,
  "optionsList.ignoreCertificateValidation": off,
  "optionsList.ignoreServerCertificateError": off,
  "optionsList.disableCors": off,
  "optionsList.disableCsp": off,
  "optionsList.blockedRequestPatterns": absent,
  "optionsList.initialNavigationTimeout": ifSet(between(0, 60, "seconds")),
  "optionsList.monitorOptions.notificationPresetName": presets,
  // A time without the slow parts of a request.
  "assertions.*.timingsScope": absent,
  // An answer without its body proves less.
  "requestDefinition.method": ifSet(oneOf("GET", "POST")),
  "requestDefinition.timeout": ifSet(between(0, 60, "seconds")),
  forceDeleteDependencies: off,
  // A pipeline that asks for it has to be told of its failure, whether it waits or not.
  "optionsList.ci.executionRule": ifSet(oneOf("blocking", "non_blocking")),
  "optionsList.restrictedRoles": unlooked,
  // What else it stores or shows.
  "optionsList.followRedirects": anything,
  "optionsList.httpVersion": anything,
  "optionsList.checkCertificateRevocation": anything,
  "optionsList.disableAiaIntermediateFetching": anything,
  "optionsList.captureNetworkPayloads": off,
  "optionsList.monitorName": anything,
  "optionsList.noScreenshot": anything,
  "optionsList.rumSettings": anything,
};

export const checkOptionRules: readonly Rule[] = [
  resourceRule({
    id: "check-options-look-closely",
    item: "MON-43",
    type: syntheticCheck,
    check: (resource) => {
      const most = Math.floor(new Set(resource.props.locations).size / 2) + 1;
      return unsound(resource, {
        ...checkOptions,
        "optionsList.minLocationFailed": ifSet(between(0, most, "locations")),
      });
    },
  }),
];
