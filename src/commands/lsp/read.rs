//! Reading what the editor says. Whatever it says of a message's length, no more memory is taken
//! than there is of it.

use lsp_server::Message;
use std::io::{BufRead, Error, ErrorKind, Read, Result};

/// The most bytes that a line before a message has.
const LINE: u64 = 8_000;
/// The most bytes that a message has: the largest record that can be allowed, each letter of it
/// written with a sign before it.
const LARGEST: u64 = 200_000_000;

/// The next message; none where the editor has ended.
pub(super) fn message(input: &mut impl BufRead) -> Result<Option<Message>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let Some(line) = line.strip_suffix("\r\n") else {
            return Err(fault("a line before a message has no end"));
        };
        if line.is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(": ") else {
            return Err(fault("a line before a message has no colon"));
        };
        if name.eq_ignore_ascii_case("Content-Length") {
            let value = value.parse().ok().filter(|length| *length <= LARGEST);
            length = Some(value.ok_or_else(|| fault("no message is as long as that"))?);
        }
    }
    let length = length.ok_or_else(|| fault("the length of a message is not said"))?;
    let mut text = Vec::new();
    if input.by_ref().take(length).read_to_end(&mut text)? as u64 != length {
        return Err(fault("a message ends before its length"));
    }
    let message = serde_json::from_slice(&text);
    message.map(Some).map_err(|error| fault(&error.to_string()))
}

fn fault(what: &str) -> Error {
    Error::new(ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::message;

    fn read(text: &str) -> Result<bool, String> {
        let read = message(&mut text.as_bytes());
        read.map(|read| read.is_some())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_message_is_read_and_what_is_none_is_told() {
        let text = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let with = |length: &str| format!("Content-Length: {length}\r\n\r\n{text}");
        assert_eq!(read(""), Ok(false));
        assert_eq!(read(&with(&text.len().to_string())), Ok(true));
        assert_eq!(
            read(&with("99999999999999")),
            Err("no message is as long as that".to_owned())
        );
        assert_eq!(
            read(&with("-5")),
            Err("no message is as long as that".to_owned())
        );
        // So much is allowed, and nobody sends it: it is not set aside.
        assert_eq!(
            read(&with("199999999")),
            Err("a message ends before its length".to_owned())
        );
        let endless = "X: ".to_owned() + &"a".repeat(1_000_000);
        assert_eq!(
            read(&endless),
            Err("a line before a message has no end".to_owned())
        );
        assert!(read("\r\n{}").is_err() && read("X\r\n\r\n{}").is_err());
    }
}
