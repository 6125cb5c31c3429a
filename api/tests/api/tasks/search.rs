use super::{add, titles, walk};
use crate::support::TestApp;
use serde_json::json;

#[tokio::test]
async fn words_are_found_by_their_beginnings_best_match_first() {
    let app = TestApp::start().await;
    let client = app.register().await;
    for task in [
        json!({"title": "Read a book", "notes": "about gardening in spring"}),
        json!({"title": "Gärten ansehen"}),
        json!({"title": "Buy garden chairs", "tags": ["spring"]}),
        json!({"title": "Something else"}),
    ] {
        add(&client, task).await;
    }
    for (q, wanted) in [
        ("garden", vec!["Buy garden chairs", "Read a book"]),
        ("GARDEN%20spr", vec!["Buy garden chairs", "Read a book"]),
        ("garten", vec!["Gärten ansehen"]),
        ("garden%20nothing", vec![]),
        ("spring", vec!["Buy garden chairs", "Read a book"]),
    ] {
        assert_eq!(titles(&client, &format!("/api/tasks?q={q}")).await.0, wanted, "{q}");
    }
    let (found, total) = walk(&client, "/api/tasks?q=garden&limit=1").await;
    assert_eq!((found, total), (vec!["Buy garden chairs".to_owned(), "Read a book".to_owned()], 2));
    assert_eq!(titles(&client, "/api/tasks?q=garden&sort=title").await.0, ["Buy garden chairs", "Read a book"]);
}

#[tokio::test]
async fn dates_and_weeks_are_searched_for_as_the_account_has_them() {
    // Monday 2027-03-01.
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    for day in ["2027-03-07", "2027-03-13", "2027-03-14", "2027-04-05", "2027-05-04"] {
        add(&client, json!({"title": day, "due": {"date": day}})).await;
    }
    let found = async |q: &str| titles(&client, &format!("/api/tasks?q={q}&sort=due")).await.0;
    assert_eq!(found("due%205/4").await, ["2027-04-05"]);
    assert_eq!(found("due%20next%20week").await, ["2027-03-13", "2027-03-14"]);
    client.patch("/api/me", json!({"date_order": "month_first"})).await;
    assert_eq!(found("due%205/4").await, ["2027-05-04"]);
    assert_eq!(found("due%20next%20week").await, ["2027-03-13", "2027-03-14"]);
    client.patch("/api/me", json!({"week_start": "sunday"})).await;
    assert_eq!(found("due%20next%20week").await, ["2027-03-07", "2027-03-13"]);
}

#[tokio::test]
async fn the_index_follows_every_change() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add(&client, json!({"title": "before"})).await;
    client.patch("/api/tasks/1", json!({"title": "after", "notes": "noted", "tags": ["marked"]})).await;
    for (q, total) in [("before", 0), ("after", 1), ("noted", 1), ("marked", 1)] {
        assert_eq!(titles(&client, &format!("/api/tasks?q={q}")).await.1["total"], total, "{q}");
    }
    client.delete("/api/tasks/1").await;
    assert_eq!(titles(&client, "/api/tasks?q=after").await.1["total"], 0);
    assert_eq!(titles(&client, "/api/tasks?q=after&status=trash").await.1["total"], 1);
    client.delete("/api/tasks/1?permanent=true").await;
    assert_eq!(titles(&client, "/api/tasks?q=after&status=trash").await.1["total"], 0);
}

#[tokio::test]
async fn signs_are_no_operators() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add(&client, json!({"title": "Ask \"*-(\" about 50% of C++"})).await;
    let signs = [
        "\"*-(",
        "\"",
        "*",
        "a AND",
        "NOT",
        "OR OR",
        "NEAR(a b)",
        "title:",
        "owner:u1",
        "^",
        "a\"b",
        "C++",
        "%",
        "-",
        "{title}: x",
        "\\",
        "'; --",
        "\u{0}",
        "💣",
        "_",
    ];
    for sign in signs {
        for extra in ["", "&sort=due", "&status=all&limit=1"] {
            let query: String = form_urlencoded::byte_serialize(sign.as_bytes()).collect();
            let (status, page) = client.get(&format!("/api/tasks?q={query}{extra}")).await;
            assert_eq!(status, 200, "{sign}: {page}");
        }
    }
    for (q, total) in [("%22*-(", 1), ("C%2B%2B", 1), ("%25", 1), ("_", 0), ("owner:u1", 0), ("50", 1)] {
        assert_eq!(titles(&client, &format!("/api/tasks?q={q}")).await.1["total"], total, "{q}");
    }
}

#[tokio::test]
async fn words_of_every_script_and_names_with_signs_are_found() {
    let app = TestApp::start().await;
    let client = app.register().await;
    for title in [
        "\u{8d2d}\u{7269}\u{6e05}\u{5355}\u{66f4}\u{65b0}", // shopping list, updated
        "Learn C#",
        "Learn C++ and c",
        "Port to ASP.NET",
        "NAS-Backup",
        "Nachos",
        "\u{391}\u{3b8}\u{3ae}\u{3bd}\u{3b1}\u{3c2}", // Athens, with accent and final sigma
        "\u{130}stanbul'a git",
        "Stra\u{df}e kehren",
        "\u{c4}pfel kaufen",
    ] {
        add(&client, json!({"title": title})).await;
    }
    for (q, wanted) in [
        ("\u{6e05}\u{5355}", vec!["\u{8d2d}\u{7269}\u{6e05}\u{5355}\u{66f4}\u{65b0}"]),
        ("\u{6e05}", vec!["\u{8d2d}\u{7269}\u{6e05}\u{5355}\u{66f4}\u{65b0}"]),
        ("\u{7269}\u{6e05}\u{5355}", vec!["\u{8d2d}\u{7269}\u{6e05}\u{5355}\u{66f4}\u{65b0}"]),
        ("\u{5355}\u{6e05}", vec![]),
        ("c#", vec!["Learn C#"]),
        ("c++", vec!["Learn C++ and c"]),
        (".net", vec!["Port to ASP.NET"]),
        ("asp.net", vec!["Port to ASP.NET"]),
        ("nas", vec!["NAS-Backup"]),
        ("backup", vec!["NAS-Backup"]),
        ("nas-backup", vec!["NAS-Backup"]),
        ("\u{3b1}\u{3b8}\u{3b7}\u{3bd}\u{3b1}\u{3c3}", vec!["\u{391}\u{3b8}\u{3ae}\u{3bd}\u{3b1}\u{3c2}"]),
        ("istanbul", vec!["\u{130}stanbul'a git"]),
        ("STRASSE", vec!["Stra\u{df}e kehren"]),
        ("apfel", vec!["\u{c4}pfel kaufen"]),
    ] {
        let query: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
        assert_eq!(titles(&client, &format!("/api/tasks?q={query}")).await.0, wanted, "{q}");
    }
}

#[tokio::test]
async fn a_search_of_many_words_is_as_quick_right_after_the_start_as_later() {
    use diesel::connection::SimpleConnection;
    let app = TestApp::start().await;
    let client = app.register().await;
    // Statistics of an empty table mislead about one that is filled right after.
    todo_api::db::connect(&app.database()).unwrap().batch_execute("PRAGMA analysis_limit = 0; ANALYZE").unwrap();
    let notes = "a lot of words about nothing at all, and again: ".repeat(70);
    for batch in 0..5 {
        let tasks: Vec<_> = (0..200).map(|n| json!({"title": format!("a {batch} {n}"), "notes": notes})).collect();
        assert_eq!(client.post("/api/tasks/batch", json!({"action": "add", "tasks": tasks})).await.0, 200);
    }
    let begun = std::time::Instant::now();
    for q in ["a%20a%20a%20a%20a%20a%20a%20a%20a%20a", "al%20an%20no%20wo%20ab%20ag%20lo%20of%20at", "a"] {
        for sort in ["", "&sort=due"] {
            assert_eq!(titles(&client, &format!("/api/tasks?q={q}{sort}")).await.1["total"], 1_000, "{q}");
        }
    }
    // In a build for tests; the plan that began with the tasks took a minute.
    assert!(begun.elapsed() < std::time::Duration::from_secs(5), "took {:?}", begun.elapsed());
}
