use super::{add, add_titled, field, titles, walk};
use crate::support::TestApp;
use serde_json::json;

#[tokio::test]
async fn filters_narrow_together() {
    let app = TestApp::start().await;
    let client = app.register().await;
    for task in [
        json!({"title": "a", "priority": "high", "tags": ["home"]}),
        json!({"title": "b", "priority": "urgent", "tags": ["home"]}),
        json!({"title": "c", "priority": "low", "tags": ["home"]}),
        json!({"title": "d", "priority": "high", "tags": ["work"]}),
        json!({"title": "e", "priority": "high", "tags": ["home"]}),
    ] {
        add(&client, task).await;
    }
    client.post("/api/tasks/5/complete", json!({})).await;
    for (query, wanted) in [
        ("", "abcd"),
        ("status=done", "e"),
        ("status=all", "abcde"),
        ("priority=high", "ad"),
        ("priority=high,urgent&tag=%23Home", "ab"),
        ("status=all&priority=high&tag=home", "ae"),
        ("tag=nowhere", ""),
        ("status=&tag=&q=", "abcd"),
    ] {
        let (found, page) = titles(&client, &format!("/api/tasks?{query}")).await;
        assert_eq!((found.concat().as_str(), &page["total"]), (wanted, &json!(wanted.len())), "{query}");
    }
}

#[tokio::test]
async fn due_is_meant_in_the_accounts_zone_or_the_one_asked_for() {
    // Monday 2027-03-01, 10:00 in Berlin.
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    for (title, due) in [
        ("yesterday", json!({"date": "2027-02-28"})),
        ("missed", json!({"date": "2027-03-01", "time": "09:30"})),
        ("today", json!({"date": "2027-03-01"})),
        ("later", json!({"date": "2027-03-01", "time": "10:30"})),
        // The 2nd, 00:30, in Berlin.
        ("abroad", json!({"date": "2027-03-01", "time": "18:30", "zone": "America/New_York"})),
        ("sunday", json!({"date": "2027-03-07"})),
        ("nextweek", json!({"date": "2027-03-08"})),
        ("never", json!(null)),
    ] {
        add(&client, json!({"title": title, "due": due})).await;
    }
    for (query, wanted) in [
        ("due=today", vec!["missed", "today", "later"]),
        ("due=tomorrow", vec!["abroad"]),
        ("due=week", vec!["missed", "today", "later", "abroad", "sunday"]),
        ("due=overdue", vec!["yesterday", "missed"]),
        ("due=none", vec!["never"]),
        ("due=2027-03-08", vec!["nextweek"]),
        ("due=2027-03-07..2027-03-08", vec!["sunday", "nextweek"]),
        ("due=..2027-02-28", vec!["yesterday"]),
        ("due=2027-03-08..", vec!["nextweek"]),
        ("due=today&time_zone=America/New_York", vec!["missed", "today", "later", "abroad"]),
    ] {
        assert_eq!(titles(&client, &format!("/api/tasks?{query}")).await.0, wanted, "{query}");
    }
    assert_eq!(titles(&client, "/api/tasks?due=any").await.1["total"], 7);
    client.post("/api/tasks/1/complete", json!({})).await;
    assert_eq!(titles(&client, "/api/tasks?due=overdue&status=all").await.0, ["missed"]);
}

#[tokio::test]
async fn every_sort_works_in_both_directions_and_undated_comes_last() {
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    for (title, due, priority) in [
        ("b", json!({"date": "2027-03-02"}), "low"),
        ("A", json!(null), "urgent"),
        ("d", json!({"date": "2027-03-01", "time": "12:00"}), "none"),
        ("c", json!({"date": "2027-03-01"}), "high"),
    ] {
        add(&client, json!({"title": title, "due": due, "priority": priority})).await;
        app.state.clock.advance(jiff::SignedDuration::from_secs(1));
    }
    client.patch("/api/tasks/1", json!({"notes": "changed"})).await;
    app.state.clock.advance(jiff::SignedDuration::from_secs(1));
    for (sort, wanted) in [
        ("position", "bAdc"),
        ("-position", "cdAb"),
        ("due", "cdbA"),
        ("-due", "bdcA"),
        ("priority", "dbcA"),
        ("-priority", "Acbd"),
        ("created", "bAdc"),
        ("-created", "cdAb"),
        ("updated", "Adcb"),
        ("-updated", "bcdA"),
        ("title", "Abcd"),
        ("-title", "dcbA"),
    ] {
        for limit in [1, 3, 50] {
            let (found, total) = walk(&client, &format!("/api/tasks?sort={sort}&limit={limit}")).await;
            assert_eq!((found.concat().as_str(), total), (wanted, 4), "{sort} {limit}");
        }
    }
    for id in [3, 1] {
        client.post(&format!("/api/tasks/{id}/complete"), json!({})).await;
        app.state.clock.advance(jiff::SignedDuration::from_secs(1));
    }
    assert_eq!(walk(&client, "/api/tasks?status=done&sort=-completed&limit=1").await.0, ["b", "d"]);
    assert_eq!(walk(&client, "/api/tasks?status=all&sort=completed&limit=1").await.0, ["d", "b", "A", "c"]);
}

#[tokio::test]
async fn pages_stay_whole_while_others_write() {
    let app = TestApp::start().await;
    let client = app.register().await;
    for n in 0..30 {
        add(&client, json!({"title": format!("old{n:02}")})).await;
    }
    let writer = client.token("read_write").await;
    let writing = async {
        for n in 0..60 {
            let (status, task) = writer.post("/api/tasks", json!({"title": format!("new{n:02}")})).await;
            assert_eq!(status, 201, "{task}");
            // Moved among those that were read already.
            writer.post(&format!("/api/tasks/{}/move", task["id"]), json!({"before": 1})).await;
        }
    };
    let reading = walk(&client, "/api/tasks?limit=3");
    let ((found, _), ()) = tokio::join!(reading, writing);
    let old: Vec<_> = found.iter().filter(|title| title.starts_with("old")).cloned().collect();
    assert_eq!(old, (0..30).map(|n| format!("old{n:02}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_cursor_is_good_for_its_own_order_alone() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["a", "b", "c"]).await;
    let (_, page) = titles(&client, "/api/tasks?limit=1").await;
    let cursor = page["next_cursor"].as_str().unwrap();
    for path in [
        format!("/api/tasks?sort=due&cursor={cursor}"),
        format!("/api/tasks?sort=-position&cursor={cursor}"),
        format!("/api/tasks?cursor={}", cursor.get(1..).unwrap()),
        "/api/tasks?cursor=%F0%9F%92%A3".to_owned(),
        "/api/tasks?cursor=e30".to_owned(),
        "/api/operations?cursor=nonsense".to_owned(),
    ] {
        assert_eq!(field(&client.get(&path).await), "cursor", "{path}");
    }
}

#[tokio::test]
async fn what_is_not_understood_is_named() {
    let app = TestApp::start().await;
    let client = app.register().await;
    for (query, name) in [
        ("status=gone", "status"),
        ("due=someday", "due"),
        ("due=2027-02-30", "due"),
        ("due=2027-03-02..2027-03-01", "due"),
        ("priority=huge", "priority"),
        ("tag=a,b", "tag"),
        ("sort=colour", "sort"),
        ("sort=relevance", "sort"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("time_zone=Mars/Base", "time_zone"),
    ] {
        assert_eq!(field(&client.get(&format!("/api/tasks?{query}")).await), name, "{query}");
    }
    assert_eq!(field(&client.get(&format!("/api/tasks?q={}", "x".repeat(201))).await), "q");
}

#[tokio::test]
async fn who_was_told_of_a_change_sees_it_while_others_read_and_write() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let reading = async {
        let mut seen = 0;
        while seen < 40 {
            let (_, page) = client.get("/api/tasks?limit=1").await;
            let total = page["total"].as_i64().unwrap();
            assert!(total >= seen, "{total} tasks after {seen}");
            seen = total;
        }
    };
    let writing = async |name: &str| {
        for number in 0..20 {
            let title = format!("{name} {number}");
            let (_, task) = client.post("/api/tasks", json!({ "title": title })).await;
            let (_, page) = client.get("/api/tasks?limit=200").await;
            let titles: Vec<_> = page["items"].as_array().unwrap().iter().map(|task| &task["title"]).collect();
            assert!(titles.contains(&&task["title"]), "{title} is missing in {titles:?}");
        }
    };
    tokio::join!(reading, writing("a"), writing("b"));
}

#[tokio::test]
async fn a_page_that_is_known_already_is_not_sent_again() {
    let app = TestApp::start().await;
    let client = app.register().await;
    add_titled(&client, &["one"]).await;
    let tag = client.request("GET", "/api/tasks").send().await.unwrap().headers()["etag"].clone();
    let ask_again = async || client.request("GET", "/api/tasks").header("if-none-match", &tag).send().await.unwrap();
    let again = ask_again().await;
    assert_eq!((again.status().as_u16(), &again.headers()["etag"]), (304, &tag));
    assert_eq!(again.bytes().await.unwrap().len(), 0);
    add_titled(&client, &["two"]).await;
    let changed = ask_again().await;
    assert_eq!(changed.status(), 200);
    assert_ne!(changed.headers()["etag"], tag);
}

#[tokio::test]
async fn words_of_a_search_filter_unless_they_are_quoted_or_a_parameter_says_otherwise() {
    // Monday 2027-03-01, 10:00 in Berlin.
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    for task in [
        json!({"title": "Report", "due": {"date": "2027-02-26"}, "tags": ["work"]}),
        json!({"title": "Taxes", "due": {"date": "2027-02-26"}, "priority": "high"}),
        json!({"title": "Plan", "due": {"date": "2027-03-02"}, "tags": ["work"]}),
        json!({"title": "Sort the overdue books", "notes": "and tell Tom"}),
        json!({"title": "Garage"}),
        json!({"title": "Cellar"}),
    ] {
        add(&client, task).await;
    }
    client.post("/api/tasks/5/complete", json!({})).await;
    assert_eq!(client.delete("/api/tasks/6").await.0, 204);
    for (query, wanted) in [
        ("q=overdue", vec!["Report", "Taxes"]),
        ("q=overdue %23work", vec!["Report"]),
        ("q=tomorrow", vec!["Plan"]),
        ("q=high priority", vec!["Taxes"]),
        ("q=no due date", vec!["Sort the overdue books"]),
        ("q=done", vec!["Garage"]),
        ("q=deleted", vec!["Cellar"]),
        ("q=cellar in the trash", vec!["Cellar"]),
        ("q=overdue tax", vec!["Taxes"]),
        ("q=\"overdue\"", vec!["Sort the overdue books"]),
        ("q=the", vec!["Sort the overdue books"]),
        ("q=tom", vec!["Sort the overdue books"]),
        ("q=overdue&due=tomorrow", vec!["Plan"]),
        ("q=done&status=open&tag=work&due=tomorrow", vec!["Plan"]),
    ] {
        let query = query.replace(' ', "%20").replace('"', "%22");
        let (mut found, _) = titles(&client, &format!("/api/tasks?{query}")).await;
        found.sort();
        assert_eq!(found, wanted, "{query}");
    }
}

#[tokio::test]
async fn what_was_completed_on_a_day_is_found_in_the_zone_that_is_meant() {
    // Monday 2027-03-01, 10:00 in Berlin.
    let app = TestApp::start_at_fixed_time().await;
    let client = app.register().await;
    let done = |title: &str, at: &str| json!({"title": title, "status": "done", "completed_at": at});
    let document = json!({"tasks": [
        done("yesterday", "2027-02-28T20:00:00Z"),
        // Today, 00:30, in Berlin.
        done("night", "2027-02-28T23:30:00Z"),
        done("friday", "2027-02-26T12:00:00Z"),
        done("january", "2027-01-15T12:00:00Z"),
        {"title": "open", "due": {"date": "2027-02-28"}},
        {"title": "late", "status": "done", "completed_at": "2027-02-20T12:00:00Z", "due": {"date": "2027-02-28"}},
    ]});
    assert_eq!(client.post("/api/me/import", document).await.0, 200);
    for (query, wanted) in [
        ("completed=today", vec!["night"]),
        ("completed=yesterday", vec!["yesterday"]),
        ("completed=yesterday&time_zone=UTC", vec!["night", "yesterday"]),
        ("completed=2027-02-26", vec!["friday"]),
        ("completed=2027-02-26..2027-02-28", vec!["yesterday", "friday"]),
        ("completed=..2027-01-31", vec!["january"]),
        ("completed=2027-02-28..&sort=title", vec!["night", "yesterday"]),
        ("completed=yesterday&status=all", vec!["yesterday"]),
        ("completed=yesterday&status=open", vec![]),
        ("completed=2027-02-20&due=2027-02-28", vec!["late"]),
        ("q=done yesterday", vec!["yesterday"]),
        ("q=done this week", vec!["night"]),
        ("q=completed on friday", vec!["friday"]),
        ("q=finished in january", vec!["january"]),
        ("q=done since friday nig", vec!["night"]),
        ("q=done due yesterday", vec!["late"]),
        ("q=due yesterday", vec!["open"]),
        ("q=done yesterday&completed=today", vec!["night"]),
        ("q=done yesterday&status=open", vec!["open"]),
    ] {
        let (found, page) = titles(&client, &format!("/api/tasks?{}", query.replace(' ', "%20"))).await;
        assert_eq!(
            (&found, &page["total"]),
            (&wanted.iter().map(ToString::to_string).collect(), &json!(wanted.len())),
            "{query}"
        );
    }
    let (paged, total) = walk(&client, "/api/tasks?completed=..2027-03-01&limit=2").await;
    assert_eq!((paged, total), (["night", "yesterday", "friday", "late", "january"].map(String::from).to_vec(), 5));
    for wrong in ["completed=soon", "completed=2027-02-02..2027-02-01", "completed=01.02.2027"] {
        assert_eq!(field(&client.get(&format!("/api/tasks?{wrong}")).await), "completed", "{wrong}");
    }
}

#[tokio::test]
async fn titles_are_sorted_as_people_do_page_by_page() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let sorted = ["9 eggs", "10 eggs", "\u{c5}ngstr\u{f6}m", "\u{c4}pfel", "apple", "Apple", "Zebra", "\u{17d}ena"];
    for title in sorted.iter().rev() {
        add(&client, json!({"title": title})).await;
    }
    for limit in [1, 3, 50] {
        assert_eq!(walk(&client, &format!("/api/tasks?sort=title&limit={limit}")).await.0, sorted);
        let mut backwards = walk(&client, &format!("/api/tasks?sort=-title&limit={limit}")).await.0;
        backwards.reverse();
        assert_eq!(backwards, sorted);
    }
    client.patch("/api/tasks/1", json!({"title": "apples"})).await;
    assert_eq!(walk(&client, "/api/tasks?sort=title&limit=2").await.0[6], "apples");
}

#[tokio::test]
async fn every_parameter_has_a_bound() {
    let app = TestApp::start().await;
    let client = app.register().await;
    let long = "x".repeat(4_500);
    for name in ["status", "due", "completed", "time_zone", "priority", "tag", "q", "sort", "limit", "cursor"] {
        assert_eq!(field(&client.get(&format!("/api/tasks?{name}={long}")).await), name);
    }
    for (sort, cursor) in [("title", r#"{"s":"title","k":["no hex",1]}"#), ("title", r#"{"s":"title","k":[1,1]}"#)] {
        use base64::Engine as _;
        let cursor = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(cursor);
        assert_eq!(field(&client.get(&format!("/api/tasks?sort={sort}&cursor={cursor}")).await), "cursor");
    }
}
