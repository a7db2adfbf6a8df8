"""Foreign judges' findings of the stacks, against those that are accepted with a reason.

Usage: judge.py ACCEPTED.yaml CHECKOV.json STACK=PLAN.json...

Fails for a finding that nobody accepted, and for an acceptance without a finding. A row of ACCEPTED.yaml: `check`;
`resources`, patterns of addresses; `reason`; `about`, what the finding has to mention; `stacks`, all where absent.
"""
import fnmatch
import json
import os
import re
import sys
import warnings

import yaml

warnings.filterwarnings("ignore", category=UserWarning)  # parliament's use of pkg_resources
from parliament import analyze_policy_string, community_auditors, enhance_finding, override_config  # noqa: E402

# ARNs that a reference may stand for: a plan does not know them.
ACCOUNT = "eu-central-1:123456789012"
SAMPLES = {
    "aws_backup_vault": [f"arn:aws:backup:{ACCOUNT}:backup-vault:sample"],
    "aws_cloudfront_distribution": ["arn:aws:cloudfront::123456789012:distribution/SAMPLE"],
    "aws_cloudwatch_log_delivery_source": [f"arn:aws:logs:{ACCOUNT}:delivery-source:sample"],
    "aws_cloudwatch_log_group": [f"arn:aws:logs:{ACCOUNT}:log-group:sample:log-stream:sample"],
    "aws_db_instance": [f"arn:aws:rds:{ACCOUNT}:db:sample", f"arn:aws:rds-db:{ACCOUNT}:dbuser:db-SAMPLE/app"],
    "aws_iam_openid_connect_provider": ["arn:aws:iam::123456789012:oidc-provider/sample"],
    "aws_iam_policy": ["arn:aws:iam::123456789012:policy/sample"],
    "aws_iam_role": ["arn:aws:iam::123456789012:role/sample"],
    "aws_kms_key": [f"arn:aws:kms:{ACCOUNT}:key/sample"],
    "aws_s3_bucket": ["arn:aws:s3:::sample", "arn:aws:s3:::sample/*"],
    "aws_sns_topic": [f"arn:aws:sns:{ACCOUNT}:sample"],
}
REFERENCE = re.compile(r"\$\{(aws_\w+)\.[\w-]+\}")
# What parliament rates lower is a matter of taste, but for actions and services that do not exist.
GRAVE = {"MEDIUM", "HIGH", "CRITICAL"}
MISSPELT = {"UNKNOWN_ACTION", "UNKNOWN_PREFIX"}


def with_samples(value):
    """A policy with ARNs in the place of references."""
    if isinstance(value, dict):
        return {key: with_samples(inner) for key, inner in value.items()}
    if isinstance(value, list):
        inner = [with_samples(v) for v in value]
        return [v for each in inner for v in (each if isinstance(each, list) else [each])]
    types = REFERENCE.findall(value) if isinstance(value, str) else []
    for unheard in set(types) - SAMPLES.keys():
        sys.exit(f"A policy refers to {unheard}: judge.py needs a sample of its ARN")
    return [arn for t in types for arn in SAMPLES[t]] if types else value


def documents(plan):
    """Every policy of a plan: the resource's address, the property, the document."""
    for resource in plan["planned_values"]["root_module"]["resources"]:
        for name, value in resource["values"].items():
            if isinstance(value, str) and '"Statement"' in value:
                yield resource["address"], name, json.loads(value)


def policy_findings(address, name, document):
    document = with_samples(document)
    if name == "assume_role_policy":
        # A trust policy is of its own role; parliament wants it said.
        for statement in document["Statement"]:
            statement["Resource"] = SAMPLES["aws_iam_role"]
    policy = analyze_policy_string(json.dumps(document), include_community_auditors=True)
    for finding in map(enhance_finding, policy.findings):
        if finding.severity in GRAVE or finding.issue in MISSPELT:
            yield finding.issue, address, f"{finding.title} {finding.detail} {finding.location} {name}"


def checkov_findings(report, plans, judged):
    for check in report["results"]["failed_checks"] + report["results"]["passed_checks"]:
        stack = next(s for s, path in plans.items() if os.path.samefile(check["file_abs_path"], path))
        judged[stack] += 1
        if check["check_result"]["result"] == "FAILED":
            message = " ".join([check["check_name"], *check["check_result"].get("evaluated_keys", [])])
            yield stack, check["check_id"], check["resource"], message


def is_accepted(row, finding):
    stack, check, address, message = finding
    return (
        check == row["check"]
        and stack in row.get("stacks", [stack])
        and any(fnmatch.fnmatchcase(address, pattern) for pattern in row["resources"])
        and row.get("about", "") in message
    )


def main(accepted_file, checkov_file, *plan_args):
    plans = dict(arg.split("=", 1) for arg in plan_args)
    override_config(os.path.join(os.path.dirname(community_auditors.__file__), "config_override.yaml"))
    with open(checkov_file) as file:
        report = json.load(file)
    if report["summary"]["parsing_errors"]:
        sys.exit("Checkov could not read a plan")
    judged = dict.fromkeys(plans, 0)
    found = list(checkov_findings(report, plans, judged))
    for stack, path in plans.items():
        with open(path) as file:
            policies = list(documents(json.load(file)))
        # Silence of a judge that saw nothing is no approval.
        if not judged[stack] or not policies:
            sys.exit(f"{stack}: {judged[stack]} checks and {len(policies)} policies judged")
        print(f"{stack}: {judged[stack]} checks of Checkov, {len(policies)} policies by parliament")
        found += [(stack, *finding) for policy in policies for finding in policy_findings(*policy)]
    with open(accepted_file) as file:
        accepted = yaml.safe_load(file)
    rest = [finding for finding in found if not any(is_accepted(row, finding) for row in accepted)]
    for finding in rest:
        print("Finding:", *finding, file=sys.stderr)
    each = [{**row, "resources": [pattern]} for row in accepted for pattern in row["resources"]]
    stale = [row for row in each if not any(is_accepted(row, finding) for finding in found)]
    for row in stale:
        print("Accepted, and found no more:", row, file=sys.stderr)
    print(f"{len(found)} findings: {len(found) - len(rest)} accepted for {len(accepted)} reasons, {len(rest)} open")
    return 1 if rest or stale else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
