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
