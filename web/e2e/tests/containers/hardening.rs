//! What the containers may not do, tried from inside.

use crate::support::command::run;
use crate::support::engine::{docker, image, inspect, tools};
use crate::support::stack::{SERVICES, Stack};
use std::path::Path;

/// Runs a script of busybox as a service's container would run: same image, user, rights and mounts.
fn inside(stack: &Stack, service: &str, script: &str) -> (bool, String) {
    let tools = format!("{}:/tools:ro", tools().display());
    let script =
        format!("/tools/busybox --install -s /tools/none 2>/dev/null; PATH=/tools; b=/tools/busybox; {script}");
    let run_it =
        ["run", "--rm", "--no-TTY", "--no-deps", "--volume", &tools, "--entrypoint", "/tools/busybox", service];
    run(&mut stack.compose_command(&[&run_it[..], &["sh", "-c", &script]].concat()))
}

pub async fn nothing_can_be_written_but_the_data() {
    let stack = Stack::start().await;
    for service in SERVICES {
        let (_, said) =
            inside(&stack, service, "for d in / /etc /proc/sys/kernel /dev/new /tmp; do $b touch $d/x; done");
        let refusals = said.lines().filter(|line| line.contains("touch:")).count();
        assert_eq!(refusals, 5, "{service}: {said}");
        assert!(said.contains("/x: Read-only file system"), "{service}: {said}");
    }
    let (written, said) = inside(&stack, "api", "echo x > /data/x && $b rm /data/x");
    assert!(written, "{said}");
}

pub async fn nothing_can_be_done_that_needs_a_capability() {
    let stack = Stack::start().await;
    for service in SERVICES {
        let (_, said) = inside(&stack, service, "$b id -u; $b id -g; $b grep -E '^(Cap|NoNewPrivs)' /proc/self/status");
        let mut lines = said.lines().filter(|line| !line.contains("Container"));
        assert_eq!((lines.next(), lines.next()), (Some("10001"), Some("10001")), "{service}: {said}");
        for line in lines {
            let (name, value) = line.split_once(':').unwrap();
            let wanted = if name == "NoNewPrivs" { "1" } else { "0000000000000000" };
            assert_eq!(value.trim(), wanted, "{service}: {line}");
        }
        for attempt in [
            "chroot / /tools/busybox true",
            "mount -t tmpfs none /proc",
            "hostname other",
            "date -s 2000-01-01",
            "kill -9 -1; $b nice -n -5 true",
        ] {
            let (_, said) = inside(&stack, service, &format!("$b {attempt}"));
            assert!(
                said.contains("ermission denied") || said.contains("not permitted"),
                "{service}: {attempt}: {said}"
            );
        }
    }
}

/// The containers that really run, as the kernel sees them.
pub async fn running_containers_have_no_rights() {
    let stack = Stack::start().await;
    for service in SERVICES {
        let status = std::fs::read_to_string(format!("/proc/{}/status", stack.process(service))).unwrap();
        let value = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
        assert_eq!(value("CapEff:"), "0000000000000000", "{service}");
        assert_eq!(value("CapBnd:"), "0000000000000000", "{service}");
        assert_eq!(value("NoNewPrivs:"), "1", "{service}");
        assert!(value("Uid:").split_whitespace().all(|id| id == "10001"), "{service}");
        let host = &inspect(&stack.container(service))["HostConfig"];
        assert_eq!(host["ReadonlyRootfs"], true, "{service}");
        for limit in ["Memory", "NanoCpus", "PidsLimit"] {
            assert!(host[limit].as_i64().is_some_and(|limit| limit > 0), "{service} has no {limit}: {host}");
        }
        assert_eq!(host["LogConfig"]["Config"]["max-size"], "10m", "{service}");
        assert_eq!(host["RestartPolicy"]["Name"], "unless-stopped", "{service}");
    }
}

pub async fn only_the_page_and_the_debug_port_are_published() {
    let stack = Stack::start().await;
    let published = |service: &str| {
        let ports = docker(&["port", &stack.container(service)]);
        ports.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(published("agent").is_empty());
    assert!(published("api").iter().all(|port| port.starts_with("8000/tcp -> 127.0.0.1:")), "{:?}", published("api"));
    assert_eq!(published("web").len(), 1);
    // web does not even know where the agent is, and the api does.
    let (found, said) = inside(&stack, "web", "$b wget -q -O - -T 3 http://agent:8010/healthz");
    assert!(!found && said.contains("bad address"), "{said}");
    let (found, said) = inside(&stack, "api", "$b wget -q -O - -T 3 http://agent:8010/healthz");
    assert!(found, "{said}");
}

/// No shell and nothing else but the program, and labels that say what it is.
pub async fn the_images_are_what_they_say() {
    for part in SERVICES {
        let image = inspect(&image(part));
        let config = &image["Config"];
        assert_eq!(config["User"], "10001:10001", "{part}");
        assert_eq!(config["Healthcheck"]["Test"][2], "healthcheck", "{part}");
        for label in ["title", "description", "licenses", "version", "revision", "created"] {
            let label = format!("org.opencontainers.image.{label}");
            assert!(config["Labels"][&label].as_str().is_some_and(|text| !text.is_empty()), "{part}: {label}");
        }
        let files = files(part);
        let programs: Vec<_> = files.iter().filter(|(mode, _)| mode.starts_with('-') && mode.contains('x')).collect();
        assert_eq!(programs.len(), 1, "{part}: {programs:?}");
    }
}

/// Mode and name of each file that the image brings.
fn files(part: &str) -> Vec<(String, String)> {
    let folder = tempfile::TempDir::new().unwrap();
    let archive = folder.path().join("image.tar");
    let container = docker(&["create", &image(part)]);
    docker(&["export", "--output", archive.to_str().unwrap(), &container]);
    docker(&["rm", "--volumes", &container]);
    let listed = list(&archive);
    let ends = |line: &str| {
        let words: Vec<_> = line.split_whitespace().collect();
        (words[0].to_owned(), words[words.len() - 1].to_owned())
    };
    listed.lines().map(ends).collect()
}

fn list(archive: &Path) -> String {
    crate::support::command::succeed(&mut crate::support::command::command("tar", &["-tvf", archive.to_str().unwrap()]))
}
