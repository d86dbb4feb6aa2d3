//! A line on standard error for whoever waits longer than a second at a terminal.

use crate::folder::Reading;
use crate::records::grouped;
use std::io::Write;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long nothing is said.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a line stands before it is brought up to date.
const STEP: Duration = Duration::from_millis(200);

/// Says how far the reading has come, until it is dropped; then the line is cleared.
#[derive(Debug)]
pub(super) struct Progress {
    ended: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to wait.
    pub(super) fn begin(reading: &'static Reading) -> Self {
        let (ended, end) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut wait = PATIENCE;
            let mut standing = 0;
            // Nothing is ever sent: the channel closes when the work is done.
            while end.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let (read, found) = reading.so_far();
                let now = line(read, found);
                say(&over(standing, &now));
                standing = now.len();
                wait = STEP;
            }
            if standing > 0 {
                say(&(over(standing, "") + "\r"));
            }
        });
        Self {
            ended: Some(ended),
            thread: Some(thread),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.ended.take());
        if let Some(thread) = self.thread.take() {
            // A line that could not be said must not stop a result.
            let _ = thread.join();
        }
    }
}

/// A line in the place of one that is so long. Spaces take away what is left of that one: not every
/// terminal knows the signs that clear a line.
fn over(standing: usize, line: &str) -> String {
    format!("\r{line:standing$}")
}

fn say(text: &str) {
    let mut error = std::io::stderr().lock();
    let _ = error.write_all(text.as_bytes());
    let _ = error.flush();
}

/// `reading 12,000 of 20,000`.
fn line(read: usize, found: usize) -> String {
    if read < found {
        format!("reading {} of {}", grouped(read), grouped(found))
    } else if found == 0 {
        "looking for records".to_owned()
    } else {
        format!("judging {} records", grouped(found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shorter_line_leaves_nothing_of_a_longer_one() {
        assert_eq!(over(0, "reading 9 of 10"), "\rreading 9 of 10");
        assert_eq!(over(12, "reading"), "\rreading     ");
        assert_eq!(over(3, ""), "\r   ");
    }

    #[test]
    fn the_line_says_what_is_done_and_how_far() {
        assert_eq!(line(0, 0), "looking for records");
        assert_eq!(line(999, 20_000), "reading 999 of 20,000");
        assert_eq!(line(12_000, 1_020_000), "reading 12,000 of 1,020,000");
        assert_eq!(line(20_000, 20_000), "judging 20,000 records");
    }
}
