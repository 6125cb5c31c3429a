//! Whether a text that comes in pieces can be whole JSON, without reading it again with each piece.

/// A text of this length is read whatever it is.
const SHORT: usize = 64;

/// What is open at the end of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    length: usize,
    depth: i64,
    brackets: bool,
    in_string: bool,
    escaped: bool,
}

impl Shape {
    /// Takes a piece.
    pub(super) fn take(&mut self, piece: &str) {
        self.length += piece.len();
        for byte in piece.bytes() {
            match byte {
                _ if std::mem::take(&mut self.escaped) => {}
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                b'{' | b'[' if !self.in_string => (self.depth, self.brackets) = (self.depth + 1, true),
                b'}' | b']' if !self.in_string => self.depth -= 1,
                _ => {}
            }
        }
    }

    /// `false` where it surely is not whole.
    pub(super) fn may_be_whole(&self) -> bool {
        !self.in_string && self.depth == 0 && (self.brackets || self.length <= SHORT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_not_whole() {
        let shape = |pieces: &[&str]| {
            let mut shape = Shape::default();
            pieces.iter().for_each(|piece| shape.take(piece));
            shape.may_be_whole()
        };
        assert!(shape(&["{\"a\":", " \"}\\\"\"", "}"]) && shape(&["null"]) && shape(&[]));
        assert!(!shape(&["{\"a\": [1]"]) && !shape(&["\"a"]) && !shape(&["{\"a\": \"\\\"}"]));
    }
}
