//! Files that are read together: a case's workbooks mostly lie side by side, so that a case can be decided, and its
//! workbooks be dropped, as soon as the files around it are read.

use std::ops::Range;

use super::grouping::{FolderNumber, LARGEST_CASE_FOLDER};

/// The most files that are read together.
const MOST_FILES: usize = 32;

/// Divides the files of a run, given by the folders they lie in, into neighbourhoods; a folder that may be one case is
/// never divided. The division depends on the files alone, so that results do not depend on the number of threads.
pub(super) fn neighbourhoods(folders: &[FolderNumber]) -> Vec<Range<usize>> {
    let mut divided = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for folder in folders.chunk_by(|a, b| a == b) {
        if end - start + folder.len() > MOST_FILES && end > start {
            divided.push(start..end);
            start = end;
        }
        end += folder.len();
        while end - start > MOST_FILES.max(LARGEST_CASE_FOLDER) {
            divided.push(start..start + MOST_FILES);
            start += MOST_FILES;
        }
    }
    if end > start {
        divided.push(start..end);
    }
    divided
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_one_neighbourhood_and_case_folders_stay_whole() {
        let mut folders = Vec::new();
        for (number, files) in [3, 3, 12, 12, 9, 100, 1, 2].into_iter().enumerate() {
            folders.extend(vec![number; files]);
        }
        let divided = neighbourhoods(&folders);
        let all: Vec<usize> = divided.iter().cloned().flatten().collect();
        assert_eq!(all, (0..folders.len()).collect::<Vec<_>>());
        for range in &divided {
            assert!((1..=MOST_FILES).contains(&range.len()), "{range:?}");
            let cuts_small_folder = |at: usize| {
                at > 0
                    && at < folders.len()
                    && folders[at] == folders[at - 1]
                    && folders.iter().filter(|folder| **folder == folders[at]).count() <= LARGEST_CASE_FOLDER
            };
            assert!(!cuts_small_folder(range.start) && !cuts_small_folder(range.end), "{range:?}");
        }
    }

    #[test]
    fn no_files_are_no_neighbourhood() {
        assert!(neighbourhoods(&[]).is_empty());
    }
}
