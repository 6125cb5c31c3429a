#![expect(clippy::string_slice, reason = "the key is ASCII, and other cuts are at borders")]

use super::*;
use proptest::prelude::*;

const KEY: &str = "gsk_Q7/x+9aZ-t4Lm2VbKpRw8sYd";

fn redactor() -> Redactor {
    Redactor::new([KEY])
}

fn percent_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn unicode_escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("\\u{byte:04x}")).collect()
}

fn base64_of(bytes: &[u8]) -> String {
    let mut padded = bytes.to_vec();
    padded.resize(bytes.len().next_multiple_of(3), 0);
    String::from_utf8(base64(&padded, 0)).unwrap()
}

/// Every form in which a part of the key may be written.
fn forms(part: &str) -> Vec<String> {
    vec![
        part.to_owned(),
        part.to_uppercase(),
        percent_encoded(part),
        percent_encoded(&percent_encoded(part)),
        part.replace('/', "\\/"),
        unicode_escaped(part),
        unicode_escaped(part).replace('\\', "\\\\"),
        part.bytes().map(|byte| format!("&#{byte};")).collect(),
        part.bytes().map(|byte| format!("&#x{byte:x};")).collect(),
        part.bytes().map(|byte| format!("\\x{byte:02x}")).collect(),
        part.bytes().map(|byte| format!("{byte:02x}")).collect(),
    ]
}

#[test]
fn a_secret_is_hidden_whole_and_in_part_in_every_form() {
    let redactor = redactor();
    for part in [KEY, &KEY[..8], &KEY[5..13], &KEY[KEY.len() - 8..], &KEY[3..20]] {
        for form in forms(part) {
            assert_eq!(redactor.redact(&format!("(({form}))")), "((…))", "{form}");
        }
        for before in ["", "u", "us", "user:", "Bearer "] {
            let encoded = base64_of(format!("{before}{part}!").as_bytes());
            let told = redactor.redact(&encoded);
            assert!(told.contains('…') && told.len() < encoded.len(), "{before}{part}: {encoded} -> {told}");
        }
    }
}

#[test]
fn other_words_stay_as_they_are() {
    let redactor = redactor();
    for text in [
        "Move 50% of \\d+ and &amp; more to \"C:\\temp\" %",
        "gsk_ is how keys of Groq begin",
        "Käse 👍 — naïve",
        "",
        "\\",
        "&#",
    ] {
        assert_eq!(redactor.redact(text), text);
    }
    assert_eq!(Redactor::new(["sk-x", "ollama"]).redact("sk-x ollama"), "sk-x ollama");
    let mut json = serde_json::json!({"a": [KEY, 1, null], KEY: {"b": "fine"}});
    redactor.redact_json(&mut json);
    assert_eq!(json, serde_json::json!({"a": ["…", 1, null], "…": {"b": "fine"}}));
}

#[test]
fn what_begins_no_secret_is_passed_on_at_once() {
    let redactor = redactor();
    let mut stream = Streamed::default();
    assert_eq!(stream.push(&redactor, "Hello gs"), "Hello gs");
    assert_eq!(stream.push(&redactor, "k and gsk_"), "k and ");
    assert_eq!(stream.push(&redactor, " is how"), "gsk_ is how");
    assert_eq!(stream.push(&redactor, " 50%"), " 50");
    assert_eq!(stream.end(&redactor), "%");
}

proptest! {
    #[test]
    fn no_part_of_eight_gets_through_however_it_is_cut(
        cuts in prop::collection::vec(0usize..400, 0..30), form in 0usize..11, from in 0usize..10, length in 8usize..18
    ) {
        let redactor = redactor();
        let part = &KEY[from..from + length];
        let text = format!("Your key is {} and é.", forms(part)[form]);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| text.floor_char_boundary(cut % text.len())).collect();
        cuts.extend([0, text.len()]);
        cuts.sort_unstable();
        let mut stream = Streamed::default();
        let mut told: String = cuts.windows(2).map(|cut| stream.push(&redactor, &text[cut[0]..cut[1]])).collect();
        told.push_str(&stream.end(&redactor));
        prop_assert_eq!(redactor.redact(&told), told.clone());
        prop_assert!(told.contains('…') && told.starts_with("Your key is ") && told.ends_with(" and é."), "{}", told);
    }
}
