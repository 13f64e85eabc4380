terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}

variable "endpoint" { type = string }
variable "name" { default = "suite" }
variable "size" { default = 20 }
variable "tags" {
  type    = map(string)
  default = { suite = "terraform" }
}

provider "alicloud" {
  access_key   = "testid"
  secret_key   = "testsecret"
  region       = "cn-hangzhou"
  protocol     = "HTTP"
  account_type = "Domestic"
  endpoints { ecs = var.endpoint }
}

resource "alicloud_instance" "web" {
  availability_zone    = "cn-hangzhou-b"
  instance_name        = var.name
  image_id             = "aliyun_3_x64_20G_alibase_20240528.vhd"
  instance_type        = "ecs.g6.large"
  security_groups      = ["sg-suite"]
  vswitch_id           = "vsw-suite"
  system_disk_category = "cloud_efficiency"
  system_disk_size     = 40
  tags                 = var.tags
  data_disks {
    name     = "scratch"
    size     = 20
    category = "cloud_efficiency"
  }
}

resource "alicloud_ecs_disk" "data" {
  zone_id     = "cn-hangzhou-b"
  category    = "cloud_efficiency"
  disk_name   = var.name
  description = "a+b c/ü&<é>"
  size        = var.size
  tags        = var.tags
  # What the cloud makes of a disk; the provider takes false for granted and would want to change it.
  delete_auto_snapshot = true
}

resource "alicloud_ecs_disk_attachment" "data" {
  disk_id     = alicloud_ecs_disk.data.id
  instance_id = alicloud_instance.web.id
}

data "alicloud_instances" "fleet" {
  ids = ["i-23jggx34b"]
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

data "alicloud_instance_types" "small" {
  availability_zone = "cn-hangzhou-b"
  cpu_core_count    = 2
  memory_size       = 8
}

data "alicloud_images" "ubuntu" {
  owners     = "system"
  name_regex = "^ubuntu_22"
}

output "disk" { value = one(data.alicloud_ecs_disks.data.disks).id }
output "zones" { value = data.alicloud_zones.disks.ids }
output "types" { value = data.alicloud_instance_types.small.ids }
output "images" { value = data.alicloud_images.ubuntu.ids }
output "instance" { value = one(data.alicloud_instances.fleet.instances).id }
output "region" { value = one(data.alicloud_regions.here.ids) }
