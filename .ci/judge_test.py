"""What judge.py lets pass, and what not; run by .ci/judges before it is asked."""
import contextlib
import io
import json
import os
import tempfile
import unittest

import yaml

import judge

ADDRESS = "aws_iam_role_policy.app"
ALLOWED = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*"}
# To whoever may call it, for whatever there is.
GRAVE = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}
UNENCRYPTED = ("CKV_AWS_1", "aws_s3_bucket.files", "Encrypted")


class Judged(unittest.TestCase):
    def judge(self, accepted=(), statements=(ALLOWED,), failed=(), passed=(("CKV_AWS_2", "x.y", "Fine"),), **more):
        """Exit status and what was said, of a stack with one policy."""
        with tempfile.TemporaryDirectory() as folder:

            def write(name, content):
                path = os.path.join(folder, name)
                with open(path, "w") as file:
                    json.dump(content, file)
                return path

            policy = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
            values = more.get("values", {"policy": policy})
            resources = [{"address": ADDRESS, "values": values}]
            plan = write("prod.json", {"planned_values": {"root_module": {"resources": resources}}})
            checks = {
                f"{result.lower()}_checks": [
                    {
                        "file_abs_path": plan,
                        "check_id": check,
                        "resource": address,
                        "check_name": name,
                        "check_result": {"result": result, "evaluated_keys": []},
                    }
                    for check, address, name in those
                ]
                for result, those in (("FAILED", failed), ("PASSED", passed))
            }
            summary = {"parsing_errors": more.get("parsing_errors", 0)}
            checkov = write("checkov.json", {"summary": summary, "results": checks})
            rows = os.path.join(folder, "accepted.yaml")
            with open(rows, "w") as file:
                yaml.safe_dump(list(accepted), file)
            said = io.StringIO()
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                status = judge.main(rows, checkov, f"prod={plan}")
            return status, said.getvalue()

    def row(self, **more):
        check, address, _ = UNENCRYPTED
        return {"check": check, "resources": [address], "reason": "Lived with.", **more}

    def test_nothing_found_passes(self):
        self.assertEqual(self.judge()[0], 0)

    def test_a_finding_of_checkov_fails_until_it_is_accepted(self):
        status, said = self.judge(failed=[UNENCRYPTED])
        self.assertEqual(status, 1)
        self.assertIn("Finding: prod CKV_AWS_1 aws_s3_bucket.files", said)
        self.assertEqual(self.judge([self.row()], failed=[UNENCRYPTED])[0], 0)

    def test_a_row_accepts_what_it_names_and_nothing_else(self):
        for other in (
            {"check": "CKV_AWS_3"},
            {"resources": ["aws_s3_bucket.others"]},
            {"stacks": ["staging"]},
            {"about": "another part"},
        ):
            with self.subTest(other):
                self.assertEqual(self.judge([self.row(**other)], failed=[UNENCRYPTED])[0], 1)
        self.assertEqual(self.judge([self.row(resources=["aws_s3_*"], about="Encr")], failed=[UNENCRYPTED])[0], 0)

    def test_an_acceptance_without_a_finding_fails_for_each_of_its_resources(self):
        status, said = self.judge([self.row(resources=[UNENCRYPTED[1], "aws_s3_bucket.gone"])], failed=[UNENCRYPTED])
        self.assertEqual(status, 1)
        self.assertIn("found no more", said)
        self.assertIn("aws_s3_bucket.gone", said)

    def test_a_grave_policy_fails(self):
        status, said = self.judge(statements=[GRAVE])
        self.assertEqual(status, 1)
        self.assertIn(ADDRESS, said)

    def test_a_misspelt_action_fails(self):
        status, said = self.judge(statements=[{**ALLOWED, "Action": "s3:GetObjekt"}])
        self.assertEqual(status, 1)
        self.assertIn("UNKNOWN_ACTION", said)

    def test_a_reference_is_judged_as_an_arn(self):
        publish = {"Effect": "Allow", "Action": "sns:Publish", "Resource": "${aws_sns_topic.own}"}
        self.assertEqual(self.judge(statements=[publish])[0], 0)
        with self.assertRaisesRegex(SystemExit, "aws_unheard_of"):
            self.judge(statements=[{**ALLOWED, "Resource": "${aws_unheard_of.it}"}])

    def test_a_trust_policy_needs_no_resource(self):
        trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        _, said = self.judge(values={"assume_role_policy": document})
        self.assertNotIn("MALFORMED", said)

    def test_the_silence_of_a_judge_that_saw_nothing_is_no_approval(self):
        for blind in ({"passed": ()}, {"values": {}}):
            with self.subTest(blind), self.assertRaisesRegex(SystemExit, "prod: "):
                self.judge(**blind)
        with self.assertRaisesRegex(SystemExit, "could not read"):
            self.judge(parsing_errors=1)


if __name__ == "__main__":
    unittest.main()
