//! A light stemmer: enough for titles, and short.

/// Verbs whose past is not made with -ed.
const IRREGULAR: &[(&str, &str)] = &[
    ("bought", "buy"),
    ("paid", "pay"),
    ("sent", "send"),
    ("wrote", "write"),
    ("written", "write"),
    ("made", "make"),
    ("took", "take"),
    ("taken", "take"),
    ("went", "go"),
    ("gone", "go"),
    ("met", "meet"),
    ("told", "tell"),
    ("sold", "sell"),
    ("brought", "bring"),
    ("built", "build"),
    ("ran", "run"),
    ("swam", "swim"),
    ("fed", "feed"),
    ("found", "find"),
    ("gave", "give"),
    ("given", "give"),
    ("left", "leave"),
    ("lent", "lend"),
    ("rang", "ring"),
    ("sang", "sing"),
    ("spoke", "speak"),
    ("spent", "spend"),
    ("taught", "teach"),
    ("threw", "throw"),
    ("drove", "drive"),
    ("ate", "eat"),
    ("did", "do"),
    ("done", "do"),
    ("dug", "dig"),
    ("drew", "draw"),
    ("flew", "fly"),
    ("hung", "hang"),
    ("got", "get"),
    ("children", "child"),
    ("people", "person"),
    ("swept", "sweep"),
    ("tidied", "tidy"),
    ("mum", "mom"),
    ("mother", "mom"),
    ("dad", "dad"),
    ("father", "dad"),
    ("phoned", "call"),
    ("rung", "ring"),
];

/// `groceries` and `grocery`, `writing` and `write`, `paid` and `pay` have the same stem.
#[must_use]
pub fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    if let Some((_, base)) = IRREGULAR.iter().find(|(past, _)| *past == word) {
        return ending(base);
    }
    let stem = ending(word);
    // "mums" is "mum's"
    match IRREGULAR.iter().find(|(form, base)| *form == stem && matches!(*base, "mom" | "dad")) {
        Some((_, base)) => (*base).to_owned(),
        None => stem,
    }
}

/// Whether `word` is a verb's past.
pub(crate) fn is_past(word: &str) -> bool {
    let noun = |base: &str| matches!(base, "mom" | "dad" | "child" | "person");
    IRREGULAR.iter().any(|(past, base)| *past == word && past != base && !noun(base))
        || (word.len() > 4 && word.ends_with("ed"))
}

fn ending(word: &str) -> String {
    let long = |rest: &str, least: usize| rest.chars().count() >= least;
    let cut = if let Some(rest) = word.strip_suffix("ies").filter(|r| long(r, 2)) {
        return format!("{rest}y");
    } else if let Some(rest) = word.strip_suffix("ied").filter(|r| long(r, 2)) {
        return format!("{rest}y");
    } else if let Some(rest) = word.strip_suffix("ing").filter(|r| long(r, 3)) {
        single(rest)
    } else if let Some(rest) = word.strip_suffix("ed").filter(|r| long(r, 3)) {
        single(rest)
    } else if let Some(rest) = word.strip_suffix("es").filter(|r| long(r, 3)) {
        rest
    } else if let Some(rest) = word.strip_suffix('s').filter(|r| long(r, 3) && !r.ends_with('s') && !r.ends_with('u')) {
        rest
    } else {
        word
    };
    cut.strip_suffix('e').filter(|r| long(r, 3)).unwrap_or(cut).to_owned()
}

/// `plann` is `plan`, but `call` stays.
fn single(stem: &str) -> &str {
    let mut back = stem.chars().rev();
    match (back.next(), back.next()) {
        (Some(a), Some(b)) if a == b && !"lsz".contains(a) => stem.get(..stem.len() - a.len_utf8()).unwrap_or(stem),
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (a, b) in [
            ("groceries", "grocery"),
            ("writing", "write"),
            ("paid", "pay"),
            ("planning", "plan"),
            ("calls", "call"),
            ("dentist's", "dentist"),
            ("boxes", "box"),
            ("bikes", "bike"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
    }
}
