terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}

variable "endpoint" { type = string }
variable "size" { default = 20 }
variable "tags" { default = { suite = "terraform" } }

provider "alicloud" {
  access_key   = "testid"
  secret_key   = "testsecret"
  region       = "cn-hangzhou"
  protocol     = "HTTP"
  account_type = "Domestic"
  endpoints { ecs = var.endpoint }
}

resource "alicloud_ecs_disk" "data" {
  zone_id     = "cn-hangzhou-b"
  category    = "cloud_efficiency"
  disk_name   = "suite"
  description = "a+b c/ü&<é>"
  size        = var.size
  tags        = var.tags
  # What the cloud makes of a disk; the provider takes false for granted and would want to change it.
  delete_auto_snapshot = true
}

resource "alicloud_ecs_disk_attachment" "data" {
  disk_id     = alicloud_ecs_disk.data.id
  instance_id = data.alicloud_instances.web.instances[0].id
}

data "alicloud_instances" "web" {
  ids            = ["i-23jggx34b"]
  enable_details = false
}

data "alicloud_ecs_disks" "data" {
  ids = [alicloud_ecs_disk_attachment.data.disk_id]
}

data "alicloud_zones" "disks" {
  available_disk_category = "cloud_efficiency"
}

data "alicloud_regions" "here" {
  current = true
}

output "disk" { value = one(data.alicloud_ecs_disks.data.disks).id }
output "zones" { value = data.alicloud_zones.disks.ids }
output "region" { value = one(data.alicloud_regions.here.ids) }
