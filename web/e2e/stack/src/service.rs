//! One service as a process of its own.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};

/// Where `make build` puts the binaries, unless `TODO_BIN_DIR` names another folder.
pub fn binary(name: &str) -> PathBuf {
    let folder = std::env::var_os("TODO_BIN_DIR").map_or_else(|| workspace().join("target/release"), PathBuf::from);
    let file = folder.join(name);
    assert!(file.is_file(), "{} is missing: run `make build` first, or set TODO_BIN_DIR", file.display());
    file
}

/// Where `make build` puts the page, unless `TODO_WEB_ROOT` names another folder.
pub fn web_root() -> PathBuf {
    let folder = std::env::var_os("TODO_WEB_ROOT").map_or_else(|| workspace().join("web/dist"), PathBuf::from);
    assert!(folder.join("index.html").is_file(), "{} has no page: run `make build` first", folder.display());
    folder
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").canonicalize().unwrap()
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A running process; killed when dropped.
pub struct Service {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

impl Service {
    /// Starts `name` with these settings and none of ours, its log in `folder`.
    pub fn start(name: &'static str, folder: &Path, settings: &[(&str, String)]) -> Self {
        let log = folder.join(format!("{name}.log"));
        let file = File::options().create(true).append(true).open(&log).unwrap();
        let child = Command::new(binary(name))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("LOG_FORMAT", "json")
            .envs(settings.iter().map(|(key, value)| (key, value)))
            .current_dir(folder)
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap();
        Self { name, child, log }
    }

    /// SIGKILL: no chance to tidy up.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and waits for the end.
    pub fn stop(&mut self) -> ExitStatus {
        let status = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(status.success(), "{} was gone already; its log:\n{}", self.name, self.log());
        self.child.wait().unwrap()
    }

    /// Resident memory in KiB, with a share of what it shares with others (`Pss`, proc(5)).
    pub fn proportional_kib(&self) -> u64 {
        self.memory("smaps_rollup", "Pss:")
    }

    /// Processor time used so far, in clock ticks, of which there are 100 in a second (`utime` and `stime`, proc(5)).
    pub fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }

    /// Resident memory in KiB (`VmRSS`, proc(5)).
    pub fn resident_kib(&self) -> u64 {
        self.memory("status", "VmRSS:")
    }

    fn memory(&self, file: &str, field: &str) -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(field)).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// All that it logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = self.log();
            let tail: Vec<_> = log.lines().rev().take(15).collect();
            eprintln!("--- the end of {}'s log:", self.name);
            tail.iter().rev().for_each(|line| eprintln!("{line}"));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
