use super::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const HI: &str = r#"{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}"#;
const END: &str = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#;

fn framed(end: &str) -> Reply {
    Reply::stream().bytes(format!("data: {HI}\n\ndata: {END}\n\n{end}"))
}

fn apart(end: &str) -> Reply {
    Reply::stream().bytes(format!("data: {HI}\n\ndata: {END}\n\n")).bytes(end.to_owned())
}

#[tokio::test]
async fn the_end_is_known_in_every_form() {
    run(vec![
        Case::new("[DONE] without data:", [framed("[DONE]\n\n")]).says("Hi"),
        Case::new("[DONE] without data:, by itself", [apart("[DONE]\n\n")]).says("Hi"),
        Case::new("[DONE] in quotes", [framed("data: \"[DONE]\"\n\n").hang()]).says("Hi"),
        Case::new("[DONE] with white space after it", [framed("data: [DONE] \r\n\r\n").hang()]).says("Hi"),
        Case::new("DONE without brackets", [framed("data: DONE\n\n")]).says("Hi"),
        Case::new("an event called done", [framed("event: done\ndata: {}\n\n")]).says("Hi"),
        Case::new("[DONE] twice and more after it", [framed("data: [DONE]\n\ndata: [DONE]\n\ndata: {\"choices\":\n\n")]).says("Hi"),
        Case::new("a page after the end", [apart("<html><body>502 Bad Gateway</body></html>\n")]).says("Hi"),
        Case::new("bytes that mean nothing after the end", [apart("\u{0}\u{1}garbage\n")]).says("Hi"),
        Case::steps("only [DONE], without data:, is no answer", [
            Step::new(Reply::stream().bytes("[DONE]\n\n")),
            Step::new(Reply::text(["Hi"])),
        ])
        .says("Hi"),
    ])
    .await;
}

#[tokio::test]
async fn bodies_that_are_not_what_they_are_said_to_be_are_read() {
    let answer = json!({"object": "chat.completion", "choices": [{"message": {"content": "Hi"}, "finish_reason": "stop"}]});
    let pretty = serde_json::to_string_pretty(&answer).unwrap();
    run(vec![
        Case::new("JSON on many lines that says it is a stream", [Reply::stream().bytes(pretty.clone())]).says("Hi"),
        Case::new("JSON on one line that says it is a stream", [Reply::stream().bytes(answer.to_string())]).says("Hi"),
        Case::new("an error on many lines that says it is a stream", [Reply::stream().bytes(
            serde_json::to_string_pretty(&json!({"error": {"message": "no", "code": "invalid_api_key"}})).unwrap(),
        )])
        .ends("model_unauthorized"),
        Case::new("a page that says it is a stream", [Reply::stream().bytes("<!DOCTYPE html>\n<html></html>")]).ends("model_error"),
        Case::new("a page that says it is JSON", [Reply::new(200, "application/json").bytes("<!DOCTYPE html>\n<html></html>")])
            .ends("model_error"),
        Case::new("heartbeats in words before the first chunk", [Reply::stream()
            .bytes("\n\ndata: ping\n\n: keep-alive\n\nevent: ping\ndata: \n\n")
            .bytes(format!("data: {HI}\n\ndata: {END}\n\ndata: [DONE]\n\n"))])
        .says("Hi"),
        Case::new("an empty body", [(); 3].map(|()| Reply::json(200, &Value::Null))).ends("model_malformed"),
    ])
    .await;
}

/// Reads one request to its end; `false` if the client hung up.
async fn read_request(stream: &mut TcpStream) -> bool {
    let mut bytes = Vec::new();
    loop {
        let head = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(head) = head {
            let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
            let length = text.lines().find_map(|line| line.strip_prefix("content-length:")).unwrap();
            if bytes.len() >= head + 4 + length.trim().parse::<usize>().unwrap() {
                return true;
            }
        }
        let mut buffer = [0; 8_192];
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return false,
            Ok(n) => bytes.extend_from_slice(&buffer[..n]),
        }
    }
}

/// A server of bare TCP: for each connection what it answers to each request, before it hangs up.
async fn bare(connections: Vec<Vec<String>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for answers in connections {
            let (mut stream, _) = listener.accept().await.unwrap();
            for answer in answers {
                if !read_request(&mut stream).await {
                    break;
                }
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        }
    });
    url
}

fn answer(head: &str) -> String {
    format!("{head}\r\ncontent-type: text/event-stream\r\n\r\ndata: {HI}\n\ndata: {END}\n\ndata: [DONE]\n\n")
}

#[tokio::test]
async fn connections_of_every_kind_are_lived_with() {
    let stream = format!("data: {HI}\n\ndata: {END}\n\ndata: [DONE]\n\n");
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream";
    let kept = format!("{head}\r\ncontent-length: {}\r\n\r\n{stream}", stream.len());
    for (what, connections, steps) in [
        ("HTTP/1.0 until it hangs up", vec![vec![answer("HTTP/1.0 200 OK")]], 1),
        ("early hints before the answer", vec![vec![format!("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n{kept}")]], 1),
        ("a length that is too long", vec![vec![format!("{head}\r\ncontent-length: 9999\r\n\r\n{stream}")]], 1),
        ("hung up after the first answer", vec![vec![kept.clone()], vec![kept.clone()]], 2),
        ("hung up on the second request", vec![vec![kept.clone(), String::new()], vec![kept.clone()]], 2),
    ] {
        let agent = Agent::with_model(&bare(connections).await);
        for step in 0..steps {
            let events = agent.step(&saying("x")).await;
            assert_eq!((text_of(&events).as_str(), end_of(&events).as_str()), ("Hi", "stop"), "{what}, step {step}: {events:?}");
        }
        agent.running.stop().await;
    }
}
