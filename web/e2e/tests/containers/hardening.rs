//! What the containers may not do, tried from inside.

use crate::support::command::{command, run, succeed};
use crate::support::engine::{docker, image, inspect, tools};
use crate::support::stack::{SERVICES, Stack};

/// Runs a script of busybox as a service's container would run: same image, user, rights and mounts.
fn inside(stack: &Stack, service: &str, script: &str) -> (bool, String) {
    let tools = format!("{}:/tools:ro", tools().display());
    let script = format!("b=/tools/busybox; {script}");
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
        assert!(said.starts_with("10001\n10001\n"), "{service}: {said}");
        let facts: Vec<_> = said.lines().filter_map(|line| line.split_once(":\t")).collect();
        assert_eq!(facts.len(), 6, "{service}: {said}");
        for (name, value) in facts {
            let wanted = if name == "NoNewPrivs" { "1" } else { "0000000000000000" };
            assert_eq!(value, wanted, "{service}: {name}");
        }
        let attempts = ["chroot / /tools/busybox true", "mount -t tmpfs none /proc", "hostname other"];
        for attempt in attempts {
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
    let agent = inspect(&stack.container("agent"));
    let networks = agent["NetworkSettings"]["Networks"].as_object().unwrap();
    for network in networks.values() {
        let address = network["IPAddress"].as_str().unwrap();
        assert!(!reaches(&stack, "web", address), "web reaches the agent at {address}");
    }
    let shared = &networks[&format!("{}_back", stack.project)]["IPAddress"];
    assert!(reaches(&stack, "api", shared.as_str().unwrap()));
}

/// Whether a service would get an answer from the agent at this address.
fn reaches(stack: &Stack, service: &str, address: &str) -> bool {
    let ask = format!(r"printf 'GET /healthz HTTP/1.0\r\n\r\n' | $b nc -w 2 {address} 8010");
    inside(stack, service, &ask).1.contains("200 OK")
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

/// Mode and name of each file that the image brings; what is empty is the engine's own.
fn files(part: &str) -> Vec<(String, String)> {
    let folder = tempfile::TempDir::new().unwrap();
    let archive = folder.path().join("image.tar");
    let container = docker(&["create", &image(part)]);
    docker(&["export", "--output", archive.to_str().unwrap(), &container]);
    docker(&["rm", "--volumes", &container]);
    let listed = succeed(&mut command("tar", &["-tvf", archive.to_str().unwrap()]));
    let rows = listed.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    rows.filter(|row| row[2] != "0").map(|row| (row[0].to_owned(), row[row.len() - 1].to_owned())).collect()
}
