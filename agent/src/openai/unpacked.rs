//! Bodies that come compressed, though nobody asked for it.

use flate2::write::{GzDecoder, ZlibDecoder};
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use std::io::{self, Write};

/// Unpacks a body as its bytes come.
pub(super) enum Unpacked {
    Plain,
    Gzip(Box<GzDecoder<Vec<u8>>>),
    Deflate(Box<ZlibDecoder<Vec<u8>>>),
}

impl Unpacked {
    /// What the headers ask for; `None` if it is not known here.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let coding = headers.get(CONTENT_ENCODING).map(|value| value.to_str().unwrap_or("?").trim().to_lowercase());
        match coding.as_deref() {
            None | Some("" | "identity") => Some(Self::Plain),
            Some("gzip" | "x-gzip") => Some(Self::Gzip(Box::new(GzDecoder::new(Vec::new())))),
            Some("deflate") => Some(Self::Deflate(Box::new(ZlibDecoder::new(Vec::new())))),
            Some(_) => None,
        }
    }

    /// Takes bytes, and gives what they unpack to so far.
    ///
    /// # Errors
    /// If they are damaged.
    pub(super) fn push(&mut self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain => Ok(bytes.to_vec()),
            Self::Gzip(decoder) => {
                decoder.write_all(bytes)?;
                decoder.flush()?;
                Ok(std::mem::take(decoder.get_mut()))
            }
            Self::Deflate(decoder) => {
                decoder.write_all(bytes)?;
                decoder.flush()?;
                Ok(std::mem::take(decoder.get_mut()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};
    use reqwest::header::HeaderValue;

    fn headers(coding: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_ENCODING, HeaderValue::from_static(coding))])
    }

    fn read(coding: &'static str, bytes: &[u8]) -> Vec<u8> {
        let mut unpacked = Unpacked::of(&headers(coding)).unwrap();
        bytes.iter().flat_map(|byte| unpacked.push(&[*byte]).unwrap()).collect()
    }

    #[test]
    fn what_is_packed_comes_out_as_it_comes_in() {
        let text = b"data: some words, and some words again\n\n";
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(text).unwrap();
        assert_eq!(read("gzip", &gzip.finish().unwrap()), text);
        let mut deflate = ZlibEncoder::new(Vec::new(), Compression::default());
        deflate.write_all(text).unwrap();
        assert_eq!(read("deflate", &deflate.finish().unwrap()), text);
        assert_eq!(read("identity", text), text);
    }

    #[test]
    fn damage_and_unknown_codings_are_told() {
        let mut gzip = Unpacked::of(&headers("gzip")).unwrap();
        assert!(gzip.push(b"this is not packed at all").is_err());
        assert!(Unpacked::of(&headers("br")).is_none());
    }
}
