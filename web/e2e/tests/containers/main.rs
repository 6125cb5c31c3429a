//! The images, run as `make compose-up` runs them. `make test-containers` builds them first and sets `TODO_CONTAINERS`.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]
#![expect(unreachable_pub, reason = "modules of a test have no outside")]

mod arm64;
mod backups;
mod hardening;
mod lifecycle;
mod outage;
mod secrets;
mod storage;
mod support;
#[macro_use]
#[path = "../front_door/trials.rs"]
mod trials;
#[path = "../front_door/walk.rs"]
mod walk;

use libtest_mimic::Arguments;

fn main() {
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let asked_for = std::env::var_os("TODO_CONTAINERS").is_some();
    let browser = support::browser::found().is_some();
    assert!(browser || !asked_for || std::env::var_os("CI").is_none(), "CI needs a Chromium and its driver");
    let mut trials = trials![
        lifecycle::{a_killed_container_comes_back, an_upgrade_keeps_the_data, down_says_where_the_data_is},
        hardening::{
            nothing_can_be_written_but_the_data,
            nothing_can_be_done_that_needs_a_capability,
            running_containers_have_no_rights,
            only_the_page_and_the_debug_port_are_published,
            the_images_are_what_they_say,
        },
        storage::{a_full_volume_answers_507_and_recovers},
        secrets::{
            a_missing_secret_ends_it_with_one_line,
            a_short_secret_ends_it_with_one_line,
            secrets_are_made_once,
            compose_alone_makes_its_secrets,
        },
        backups::{a_backup_can_be_restored, the_nightly_backup_writes_a_copy},
        arm64::{the_images_for_arm64_hold_arm64_programs},
    ];
    let in_a_browser = trials![
        walk::{
            talk_and_undo,
            the_same_walk_with_a_model,
            the_same_walk_in_the_responses_dialect,
            a_big_change_asks_first,
            a_second_tab_follows,
            reload_in_the_middle_of_an_answer,
            stop_and_start_keeps_everything,
        },
        outage::{the_page_says_that_the_server_is_gone_and_recovers},
    ];
    trials.extend(in_a_browser.into_iter().map(|trial| trial.with_kind("browser").with_ignored_flag(!browser)));
    if !asked_for {
        trials = trials.into_iter().map(|trial| trial.with_ignored_flag(true)).collect();
    }

    let mut arguments = Arguments::from_args();
    // Each starts three containers, and some a browser too.
    arguments.test_threads.get_or_insert(2);
    libtest_mimic::run(&arguments, trials).exit();
}
