//! The images for arm64; `web/scripts/test-containers.sh` runs what is in them under qemu as well.

use crate::support::engine::{docker, image, inspect};
use crate::support::stack::SERVICES;
use std::fs;
use tempfile::TempDir;

/// `e_machine` of an ELF header (elf(5)) for AArch64, little-endian.
const AARCH64: [u8; 2] = [183, 0];

pub async fn the_images_for_arm64_hold_arm64_programs() {
    for part in SERVICES {
        let image = format!("{}-arm64", image(part));
        assert_eq!((&inspect(&image)["Os"], &inspect(&image)["Architecture"]), (&"linux".into(), &"arm64".into()));
        let program = if part == "web" { "/todo-gateway".to_owned() } else { format!("/todo-{part}") };
        let folder = TempDir::new().unwrap();
        let copy = folder.path().join("program");
        let container = docker(&["create", &image]);
        let container = container.lines().next().unwrap();
        docker(&["cp", &format!("{container}:{program}"), copy.to_str().unwrap()]);
        docker(&["rm", "--volumes", container]);
        let header = fs::read(&copy).unwrap();
        assert_eq!((&header[..4], &header[18..20]), (&b"\x7fELF"[..], &AARCH64[..]), "{image}");
    }
}
