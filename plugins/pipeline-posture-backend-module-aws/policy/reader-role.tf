# Generated from the collection plan; a test holds it to what is really called.
variable "reader_principal_arn" {
  type        = string
  description = "ARN of the role or user that the Backstage backend runs as"
}

variable "external_id" {
  type        = string
  sensitive   = true
  description = "The externalId of the aws section in the configuration of Backstage"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.reader_principal_arn]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    sid = "ReadPipelinePosture"
    actions = [
      "access-analyzer:ListAnalyzers",
      "access-analyzer:ListFindings",
      "access-analyzer:ValidatePolicy",
      "cloudtrail:DescribeTrails",
      "cloudtrail:GetEventSelectors",
      "cloudtrail:GetTrailStatus",
      "codebuild:BatchGetProjects",
      "codebuild:ListSourceCredentials",
      "codecommit:GetApprovalRuleTemplate",
      "codecommit:GetFile",
      "codecommit:ListAssociatedApprovalRuleTemplatesForRepository",
      "codeconnections:GetHost",
      "codeconnections:ListConnections",
      "codedeploy:GetDeploymentGroup",
      "codepipeline:GetPipeline",
      "codepipeline:ListPipelineExecutions",
      "codepipeline:ListPipelines",
      "codepipeline:ListWebhooks",
      "codestar-connections:GetHost",
      "codestar-connections:ListConnections",
      "codestar-notifications:DescribeNotificationRule",
      "codestar-notifications:ListNotificationRules",
      "ecr:DescribeRepositories",
      "events:ListRules",
      "events:ListTargetsByRule",
      "iam:GenerateCredentialReport",
      "iam:GetAccountAuthorizationDetails",
      "iam:GetCredentialReport",
      "lambda:GetFunctionConfiguration",
      "s3:GetBucketPolicy",
      "s3:GetBucketPolicyStatus",
      "s3:GetBucketPublicAccessBlock",
      "s3:GetBucketVersioning",
      "sns:GetTopicAttributes",
      "states:DescribeStateMachine",
      "tag:GetResources",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role" "reader" {
  name               = "PipelinePostureReader"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "read" {
  name   = "read-pipeline-posture"
  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.read.json
}
