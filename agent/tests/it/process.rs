//! The binary itself: settings, help, health check, signals, logs.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

fn agent(environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_todo-agent"));
    command.env_clear().envs(environment.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    agent(environment).args(arguments).output().unwrap()
}

/// A child that is killed however the test ends.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        // It has ended already where all went well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn help_names_every_setting() {
    let help = String::from_utf8(run(&["--help"], &[]).stdout).unwrap();
    for word in [
        "proposed changes to a todo list",
        "serve",
        "healthcheck",
        "AGENT_TOKEN",
        "OPENAI_BASE_URL",
        "METRICS_BIND",
        "docs/models.md",
    ] {
        assert!(help.contains(word), "{word} is not in\n{help}");
    }
}

#[test]
fn a_missing_setting_ends_it_at_once_with_an_example() {
    let output = run(&[], &[]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("AGENT_TOKEN is missing") && told.contains("example: AGENT_TOKEN="), "{told}");
}

#[test]
fn a_dialect_that_there_is_not_is_said_clearly() {
    let environment = [("AGENT_TOKEN", "0123456789abcdef"), ("OPENAI_API_KEY", "sk-x"), ("OPENAI_API", "soap")];
    let told = String::from_utf8(run(&["serve"], &environment).stderr).unwrap();
    assert!(told.contains("OPENAI_API") && told.contains("auto, chat, responses"), "{told}");
}

#[test]
fn without_a_model_there_is_nothing_to_probe() {
    let output = run(&["probe"], &[]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("no model is configured") && told.contains("OPENAI_API_KEY"), "{told}");
}

#[test]
fn a_taken_port_is_told_with_its_setting() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let bind = taken.local_addr().unwrap().to_string();
    let told =
        String::from_utf8(run(&[], &[("AGENT_TOKEN", "0123456789abcdef"), ("AGENT_BIND", &bind)]).stderr).unwrap();
    assert!(told.contains(&bind) && told.contains("AGENT_BIND"), "{told}");
}

#[test]
fn after_sigterm_it_serves_until_the_delay_is_over() {
    let environment = [("AGENT_TOKEN", "0123456789abcdef"), ("AGENT_BIND", "127.0.0.1:0"), ("SHUTDOWN_DELAY", "60s")];
    let mut service = Service(agent(&environment).spawn().unwrap());
    let mut log = BufReader::new(service.0.stderr.take().unwrap()).lines().map(|line| line.unwrap());
    let ready: serde_json::Value = serde_json::from_str(&log.next().unwrap()).unwrap();
    let id = service.0.id().to_string();
    let signal = || assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());

    signal();
    assert!(log.any(|line| line.contains("stopping")));
    let check = run(&["healthcheck"], &[("AGENT_BIND", ready["address"].as_str().unwrap())]);
    assert_eq!(check.status.code(), Some(0), "it still serves");
    signal();
    assert_eq!(service.0.wait().unwrap().code(), Some(0), "a second signal ends the delay");
}

#[test]
fn it_serves_logs_json_answers_the_health_check_and_ends_on_sigterm() {
    let environment =
        [("AGENT_TOKEN", "0123456789abcdef"), ("AGENT_BIND", "127.0.0.1:0"), ("OPENAI_API_KEY", "sk-secret-key")];
    let check = |bind: &str| run(&["healthcheck"], &[("AGENT_BIND", bind)]).status.code();

    let mut service = Service(agent(&environment).spawn().unwrap());
    let mut log = BufReader::new(service.0.stderr.take().unwrap());
    let mut ready = String::new();
    log.read_line(&mut ready).unwrap();
    let line: serde_json::Value = serde_json::from_str(&ready).unwrap();
    assert_eq!((&line["message"], &line["host"]), (&"ready".into(), &"api.openai.com".into()), "{ready}");
    let bind = line["address"].as_str().unwrap();
    assert_eq!(check(bind), Some(0));

    let killed = Command::new("kill").args(["-TERM", &service.0.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(service.0.wait().unwrap().code(), Some(0));
    assert_eq!(check(bind), Some(1));
    let mut rest = String::new();
    log.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("stopping") && !(ready + &rest).contains("sk-secret-key"), "{rest}");
}
