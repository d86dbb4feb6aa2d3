//! What the refusals of a kind came to, and whether each left everything or nothing.

use super::deeds::{Deed, files, own_files, say};
use super::stderr;
use std::path::Path;
use std::process::Output;

/// What the refusals of one kind came to.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) refused: usize,
    pub(crate) done: usize,
    pub(crate) faults: Vec<String>,
}

impl Tally {
    /// Says what they came to, and answers how many were refused.
    pub(crate) fn of(kind: &str, results: Vec<Self>) -> usize {
        let mut all = Self::default();
        for result in results {
            all.refused += result.refused;
            all.done += result.done;
            all.faults.extend(result.faults);
        }
        say(&format!(
            "faults: {kind}: {} writes refused, {} done; {} files lost or half-written",
            all.refused,
            all.done,
            all.faults.len()
        ));
        assert!(all.faults.is_empty(), "{kind}: {:#?}", all.faults);
        all.refused
    }

    /// Looks at what a command left that met with a fault: everything or nothing.
    pub(crate) fn look(&mut self, deed: &Deed, folder: &Path, output: &Output, how: &str) {
        let now = files(folder);
        let fault = |what: String| format!("{} {how}: {what}: {}", deed.name, stderr(output));
        match output.status.code() {
            Some(0) => {
                self.done += 1;
                if now != deed.after {
                    self.faults
                        .push(fault("it did not do what it said".to_owned()));
                }
            }
            Some(2) => {
                self.refused += 1;
                if now != deed.before {
                    self.faults
                        .push(fault("refused, and something was written".to_owned()));
                }
                if !stderr(output).contains("error: ") || stderr(output).contains("panicked") {
                    self.faults.push(fault("it is not told".to_owned()));
                }
            }
            code => self.faults.push(fault(format!("it ended with {code:?}"))),
        }
        for own in own_files(folder) {
            self.faults.push(fault(format!("{own} is left")));
        }
    }

    /// The same command again, when nothing stands in its way.
    pub(crate) fn again(&mut self, deed: &Deed, folder: &Path, how: &str) {
        let output = deed.command(folder).output().expect("it runs");
        if files(folder) != deed.after || !own_files(folder).is_empty() {
            let told = stderr(&output);
            self.faults.push(format!(
                "{} {how}: given again it does not arrive: {told}",
                deed.name
            ));
        }
    }
}
