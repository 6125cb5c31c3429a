//! `/me` and `/me/password`.

use crate::support::{PASSWORD, TestApp};
use serde_json::json;

#[tokio::test]
async fn a_person_changes_their_name_and_zone_and_what_is_absent_stays() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    assert_eq!(ada.patch("/api/me", json!({ "name": "Ada" })).await.1["name"], "Ada");
    let (status, me) = ada.patch("/api/me", json!({ "time_zone": "Asia/Tokyo" })).await;
    assert_eq!((status, &me["name"], &me["time_zone"]), (200, &json!("Ada"), &json!("Asia/Tokyo")));
    assert_eq!(ada.patch("/api/me", json!({ "name": null })).await.1["name"], json!(null));
    let (status, problem) = ada.patch("/api/me", json!({ "time_zone": "Mars/Olympus" })).await;
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("time_zone")));
}

#[tokio::test]
async fn weeks_begin_on_monday_and_the_day_comes_first_until_a_person_says_otherwise() {
    let app = TestApp::start().await;
    let ada = app.register_as("ada@example.org").await;
    let (_, me) = ada.get("/api/me").await;
    assert_eq!((&me["week_start"], &me["date_order"]), (&json!("monday"), &json!("day_first")));
    let (status, me) = ada.patch("/api/me", json!({ "week_start": "sunday" })).await;
    assert_eq!((status, &me["week_start"], &me["date_order"]), (200, &json!("sunday"), &json!("day_first")));
    assert_eq!(ada.patch("/api/me", json!({ "date_order": "month_first" })).await.1["date_order"], "month_first");
    let kept = json!({ "week_start": "sunday", "date_order": "month_first" });
    let export = ada.get("/api/me/export").await.1;
    let signed_in = json!({ "email": "ada@example.org", "password": PASSWORD });
    let login = app.visitor().post("/api/auth/login", signed_in).await.1;
    for account in [&ada.get("/api/me").await.1, &export["account"], &login["user"]] {
        assert_eq!(json!({ "week_start": account["week_start"], "date_order": account["date_order"] }), kept);
    }
}

#[tokio::test]
async fn another_week_or_order_is_refused_with_those_that_there_are() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    for (patch, field, allowed) in [
        (json!({ "week_start": "tuesday" }), "week_start", "monday, sunday or saturday"),
        (json!({ "date_order": "year_first" }), "date_order", "day_first or month_first"),
    ] {
        let (status, problem) = ada.patch("/api/me", patch).await;
        assert_eq!((status, &problem["code"]), (422, &json!("validation_failed")), "{problem}");
        assert_eq!(problem["errors"], json!([{ "field": field, "message": format!("must be {allowed}") }]));
    }
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let app = TestApp::start().await;
    let laptop = app.register_as("ada@example.org").await;
    let phone = app.sign_in("ada@example.org").await;
    assert_eq!(phone.get("/api/me").await.0, 200);
    let change = json!({ "current_password": PASSWORD, "new_password": "battery staple" });
    assert_eq!(laptop.post("/api/me/password", change).await.0, 204);
    assert_eq!((laptop.get("/api/me").await.0, phone.get("/api/me").await.0), (200, 401));
    let login = |password| json!({ "email": "ada@example.org", "password": password });
    assert_eq!(app.visitor().post("/api/auth/login", login(PASSWORD)).await.0, 401);
    assert_eq!(app.visitor().post("/api/auth/login", login("battery staple")).await.0, 200);
}

#[tokio::test]
async fn the_present_password_is_asked_for_before_a_change_that_lasts() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    let change = json!({ "current_password": "wrong horse", "new_password": "battery staple" });
    let (status, problem) = ada.post("/api/me/password", change).await;
    assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("current_password")));
    let response = ada.request("DELETE", "/api/me").json(&json!({ "password": "wrong horse" })).send().await.unwrap();
    assert_eq!(response.status(), 422);
    assert_eq!(ada.get("/api/me").await.0, 200);
}

#[tokio::test]
async fn a_deleted_account_leaves_nothing_behind() {
    let app = TestApp::start().await;
    let (ada, bob) = (app.register_as("ada@example.org").await, app.register().await);
    let script = ada.token("read_write").await;
    for client in [&ada, &bob] {
        let task = json!({ "title": "Find the zebra", "tags": ["home"] });
        assert_eq!(client.post("/api/tasks", task).await.0, 201);
        assert_eq!(client.post("/api/conversations", json!({})).await.0, 201);
    }
    let (_, me) = ada.get("/api/me").await;
    let response = ada.request("DELETE", "/api/me").json(&json!({ "password": PASSWORD })).send().await.unwrap();
    assert_eq!(response.status(), 204);
    assert_eq!((ada.get("/api/me").await.0, script.get("/api/me").await.0), (401, 401));
    let left = app.rows_of(me["id"].as_i64().unwrap()).await;
    assert_eq!(left, Vec::<String>::new(), "rows of the account");
    assert_eq!(app.search_rows("zebra").await, 1, "Bob's alone");
    assert!(todo_api::db::check(&app.database()).unwrap().is_empty());
    app.register_as("ada@example.org").await;
}

#[tokio::test]
async fn a_sign_in_that_races_the_deletion_of_its_account_is_refused() {
    let app = TestApp::start().await;
    let ada = app.register_as("ada@example.org").await;
    let sign_in = || async {
        let body = json!({ "email": "ada@example.org", "password": PASSWORD });
        app.visitor().post("/api/auth/login", body).await
    };
    let deletion = ada.request("DELETE", "/api/me").json(&json!({ "password": PASSWORD })).send();
    let (deleted, a, b, c, d) = tokio::join!(deletion, sign_in(), sign_in(), sign_in(), sign_in());
    assert_eq!(deleted.unwrap().status(), 204);
    for (status, answer) in [a, b, c, d] {
        assert!(status == 200 || status == 401, "{status} {answer}");
    }
    assert_eq!(sign_in().await.0, 401);
}
