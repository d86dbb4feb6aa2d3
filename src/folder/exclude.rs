//! Files below a case folder that panel.toml says are no records.

use globset::{GlobBuilder, GlobMatcher};

/// The patterns of `exclude`, each as written. `*` stays within a folder, `**` goes through
/// folders, and a pattern that fits a folder leaves out all that is in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exclude(Vec<(String, GlobMatcher)>);

impl Exclude {
    /// Makes the patterns ready; the first that cannot be is told with its index.
    pub(super) fn of(patterns: &[String]) -> Result<Self, (usize, String)> {
        let made = patterns.iter().enumerate().map(|(index, written)| {
            let pattern = made(written).map_err(|why| (index, why))?;
            Ok((written.clone(), pattern))
        });
        made.collect::<Result<_, _>>().map(Self)
    }

    /// The pattern that leaves a file out, by its path from the case folder.
    pub(crate) fn leaves_out(&self, path: &str) -> Option<&str> {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        let places: Vec<&str> = folders.chain([path]).collect();
        let fits = |pattern: &GlobMatcher| places.iter().any(|place| pattern.is_match(place));
        let found = self.0.iter().find(|(_, pattern)| fits(pattern));
        found.map(|(written, _)| written.as_str())
    }
}

fn made(written: &str) -> Result<GlobMatcher, String> {
    let pattern = written.trim_end_matches('/');
    if pattern.is_empty() {
        return Err("an empty pattern leaves out nothing; remove it".to_owned());
    }
    let goes_up = pattern.split('/').any(|step| step == ".." || step == ".");
    if pattern.starts_with('/') || goes_up {
        return Err(format!(
            "`{written}` does not count from the case folder; write it like `referrals/training/**`"
        ));
    }
    if pattern.contains('\\') {
        return Err(format!(
            "`{written}` has `\\`; folders are parted by `/` on every system"
        ));
    }
    let glob = GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map_err(|error| format!("`{written}` is no pattern: {}", error.kind()))?;
    Ok(glob.compile_matcher())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_out<'p>(patterns: &[&str], paths: &[&'p str]) -> Vec<&'p str> {
        let patterns: Vec<String> = patterns.iter().map(|one| (*one).to_owned()).collect();
        let exclude = Exclude::of(&patterns).expect("good patterns");
        let mut paths = paths.to_vec();
        paths.retain(|path| exclude.leaves_out(path).is_some());
        paths
    }

    #[test]
    fn a_pattern_that_fits_a_folder_leaves_out_all_that_is_in_it() {
        let paths = [
            "referrals/training/R-1.yaml",
            "referrals/training-2/R-2.yaml",
        ];
        for pattern in [
            "referrals/training",
            "referrals/training/",
            "referrals/training/**",
        ] {
            assert_eq!(left_out(&[pattern], &paths), paths[..1], "{pattern}");
        }
    }

    #[test]
    fn one_star_stays_within_a_folder_and_two_go_through_folders() {
        let paths = [
            "referrals/R-1.yaml",
            "referrals/a/R-1.yaml",
            "referrals/a/b/R-1.yaml",
        ];
        assert_eq!(left_out(&["referrals/*.yaml"], &paths), paths[..1]);
        assert_eq!(left_out(&["referrals/*/R-1.yaml"], &paths), paths[1..2]);
        assert_eq!(left_out(&["**/R-1.yaml"], &paths), paths);
    }

    #[test]
    fn patterns_that_leave_out_nothing_as_meant_are_told() {
        for pattern in [
            "",
            "/",
            "/referrals",
            "./referrals",
            "../x",
            "a\\b",
            "a[",
            "{a",
        ] {
            let patterns = ["referrals/x".to_owned(), pattern.to_owned()];
            let index = Exclude::of(&patterns).err().map(|(index, _)| index);
            assert_eq!(index, Some(1), "{pattern}");
        }
    }
}
