//! `/me/sessions`.

use crate::support::TestApp;
use serde_json::json;

#[tokio::test]
async fn a_person_sees_their_browsers_and_signs_one_out() {
    let app = TestApp::start().await;
    let laptop = app.register_as("ada@example.org").await;
    let phone = app.sign_in("ada@example.org").await;
    let (_, sessions) = laptop.get("/api/me/sessions").await;
    let items = sessions["items"].as_array().unwrap();
    assert_eq!(items.iter().map(|s| s["current"] == json!(true)).collect::<Vec<_>>(), [false, true], "newest first");
    let id = items[0]["id"].as_str().unwrap();
    assert_eq!(phone.get("/api/me").await.0, 200);
    assert_eq!(laptop.delete(&format!("/api/me/sessions/{id}")).await.0, 204);
    assert_eq!(phone.get("/api/me").await.0, 401, "at once");
    assert_eq!(laptop.delete(&format!("/api/me/sessions/{id}")).await.0, 404, "it is gone");
}

#[tokio::test]
async fn all_other_browsers_can_be_signed_out() {
    let app = TestApp::start().await;
    let laptop = app.register_as("ada@example.org").await;
    let others = [app.sign_in("ada@example.org").await, app.sign_in("ada@example.org").await];
    assert_eq!(laptop.delete("/api/me/sessions").await.0, 204);
    for other in others {
        assert_eq!(other.get("/api/me").await.0, 401);
    }
    assert_eq!(laptop.get("/api/me/sessions").await.1["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn ending_the_own_session_signs_out() {
    let app = TestApp::start().await;
    let ada = app.register().await;
    let (_, sessions) = ada.get("/api/me/sessions").await;
    let id = sessions["items"][0]["id"].as_str().unwrap();
    assert_eq!(ada.delete(&format!("/api/me/sessions/{id}")).await.0, 204);
    assert_eq!(ada.get("/api/me").await.0, 401);
}
