#!/usr/bin/env bash
# The life of an instance, of a disk and of what joins them, with Terraform and the provider alicloud.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp main.tf "$work"
cd "$work"
# The provider as it lies on the PATH, instead of a registry's.
cat >terraform.rc <<END
provider_installation {
  dev_overrides { "aliyun/alicloud" = "$(dirname "$(command -v terraform-provider-alicloud)")" }
  direct {}
}
END
export TF_CLI_CONFIG_FILE=$work/terraform.rc TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1 TF_VAR_endpoint=$MOORAGE

apply() {
  terraform apply -auto-approve -input=false -no-color "$@"
  # Nothing is left to do: a plan that would change something ends with 2.
  terraform plan -detailed-exitcode -input=false -no-color "$@"
}

apply
apply -var name=renamed -var size=40 -var 'tags={ suite = "terraform", for = "a while" }'
terraform destroy -auto-approve -input=false -no-color
