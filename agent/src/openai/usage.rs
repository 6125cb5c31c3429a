//! Counts of tokens, wherever a server puts them and however it calls them.

use super::answer::Usage;
use serde_json::Value;

/// The counts in a chunk or a whole answer: in `usage`, in the choice (Moonshot), in `x_groq` (Groq), in
/// `timings` (llama.cpp), or beside everything else (Ollama).
pub(super) fn of(value: &Value) -> Usage {
    let choice = value.get("choices").and_then(|choices| choices.get(0));
    let places =
        [value.get("usage"), choice.and_then(|c| c.get("usage")), value.pointer("/x_groq/usage"), value.get("timings")];
    let told = places.into_iter().flatten().chain([value]).map(counts);
    told.into_iter().find(|usage| *usage != Usage::default()).unwrap_or_default()
}

fn counts(usage: &Value) -> Usage {
    let count = |names: &[&str]| names.iter().find_map(|name| usage.get(*name).and_then(number));
    let input = count(&["prompt_tokens", "input_tokens", "prompt_n", "prompt_eval_count"]);
    let output = count(&["completion_tokens", "output_tokens", "predicted_n", "eval_count"]);
    // Where the total is more than both, thoughts were left out of the one that counts what was written.
    let missing = count(&["total_tokens"]).zip(input).and_then(|(total, input)| total.checked_sub(input));
    Usage { input, output: output.map(|output| output.max(missing.unwrap_or_default())) }
}

/// A count; some servers send it as a float or in a string.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both bounds are checked")]
        value => value.as_u64().or_else(|| value.as_f64().filter(|n| (0.0..1e15).contains(n)).map(|n| n as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn counts_are_found_under_every_name_and_in_every_place() {
        for value in [
            json!({"usage": {"prompt_tokens": 7, "completion_tokens": 3}}),
            json!({"usage": {"input_tokens": 7, "output_tokens": 3}}),
            json!({"usage": {"prompt_tokens": "7", "completion_tokens": 3.0}}),
            json!({"choices": [{"usage": {"prompt_tokens": 7, "completion_tokens": 3}}], "usage": null}),
            json!({"x_groq": {"usage": {"prompt_tokens": 7, "completion_tokens": 3}}}),
            json!({"timings": {"prompt_n": 7, "predicted_n": 3}}),
            json!({"prompt_eval_count": 7, "eval_count": 3}),
        ] {
            assert_eq!(of(&value), Usage { input: Some(7), output: Some(3) }, "{value}");
        }
        assert_eq!(of(&json!({"usage": {"prompt_tokens": -1, "completion_tokens": "many"}})), Usage::default());
    }

    #[test]
    fn what_is_cached_or_thought_is_counted_once() {
        let openai = json!({"usage": {"prompt_tokens": 100, "completion_tokens": 30, "total_tokens": 130,
            "prompt_tokens_details": {"cached_tokens": 80}, "completion_tokens_details": {"reasoning_tokens": 20}}});
        assert_eq!(of(&openai), Usage { input: Some(100), output: Some(30) });
        let apart = json!({"usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 130,
            "completion_tokens_details": {"reasoning_tokens": 20}}});
        assert_eq!(of(&apart), Usage { input: Some(100), output: Some(30) });
    }
}
