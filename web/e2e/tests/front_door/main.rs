//! The product from outside: a browser, scripts, faults, weights. Needs what `make build` makes.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]
#![expect(unreachable_pub, reason = "modules of a test have no outside")]
#![expect(clippy::print_stdout, reason = "what was measured is part of the report")]

mod faults;
mod footprint;
mod injection;
mod injection_over_turns;
mod sayings;
mod settings;
mod smoke;
mod support;
#[macro_use]
mod trials;
mod usage;
mod walk;

use libtest_mimic::Arguments;

fn main() {
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let mut trials = trials![
        sayings::{
            adds_a_task,
            remembers_what_is_needed,
            shows_all_and_what_is_pending,
            completes_by_number_and_tells_what_was_completed,
            deletes_by_words,
            renames_in_quotes,
            asks_before_it_deletes_everything,
            a_no_leaves_everything,
            redoes_with_the_same_number_and_tells_what_was_done_today,
        },
        faults::{kill_in_the_middle_of_writes, kill_in_the_middle_of_a_turn, the_agent_killed, stop_and_start},
        smoke::{
            passes_and_leaves_nothing_behind,
            fails_where_the_agent_is_gone,
            fails_where_nothing_answers,
            knows_a_server_that_lets_nobody_register,
        },
        injection::{
            an_order_to_delete_all_is_asked_about,
            deleting_one_by_one_is_asked_about_too,
            rewriting_many_is_asked_about,
            tasks_of_another_account_are_out_of_reach,
            no_tool_takes_a_user_or_reaches_the_network,
            neither_prompt_nor_keys_are_told,
            a_leak_in_words_stays_words,
        },
        injection_over_turns::{
            one_deletion_a_turn_for_ten_turns,
            renaming_first_hides_nothing,
            an_import_is_not_undone_by_a_model,
            a_redo_counts_like_the_deletion_that_it_is,
            a_part_of_what_was_declined_is_declined,
            a_model_that_repeats_itself_and_falls_silent,
        },
        usage::{
            tokens_are_counted_in_chat_completions,
            tokens_are_counted_in_responses,
            a_used_up_month_ends_a_turn,
        },
        footprint::{starts_fast_and_stays_small, the_page_is_light, ten_thousand_tasks},
    ];
    let browser = support::browser::found().is_some();
    assert!(browser || std::env::var_os("CI").is_none(), "CI needs a Chromium and its driver");
    let in_a_browser = trials![injection::{nothing_in_an_answer_is_fetched}, settings::{
        dates_are_read_as_the_browser_and_then_the_settings_say,
    }, walk::{
        talk_and_undo,
        the_same_walk_with_a_model,
        the_same_walk_in_the_responses_dialect,
        a_big_change_asks_first,
        a_second_tab_follows,
        reload_in_the_middle_of_an_answer,
        stop_and_start_keeps_everything,
    }];
    trials.extend(in_a_browser.into_iter().map(|trial| trial.with_kind("browser").with_ignored_flag(!browser)));

    let mut arguments = Arguments::from_args();
    // Each starts three services, and some a browser too.
    arguments.test_threads.get_or_insert(2);
    libtest_mimic::run(&arguments, trials).exit();
}
