//! Ids of VML shapes: blocks of 1,024, each reserved by one drawing of the workbook.

const BLOCK: u32 = 1_024;

/// Gives ids that no shape of the workbook has.
#[derive(Debug)]
pub(super) struct ShapeIds {
    blocks: Vec<u32>,
    next_block: u32,
    last: Option<u32>,
}

impl ShapeIds {
    /// Ids for a drawing that has reserved `blocks`; from `next_block` on all are free.
    pub(super) fn new(blocks: Vec<u32>, next_block: u32) -> Self {
        Self { blocks, next_block, last: None }
    }

    /// Notes an id in use: `_x0000_s1025`.
    pub(super) fn see(&mut self, id: &str) {
        let number = id.rsplit_once("_s").and_then(|(_, digits)| digits.parse().ok());
        self.last = self.last.max(number);
    }

    /// An id above all in use, within the blocks of the drawing, of which those above hold none yet; a block is reserved
    /// where they are full.
    pub(super) fn next(&mut self) -> u32 {
        let id = match self.last.and_then(|last| last.checked_add(1)) {
            Some(id) if self.blocks.contains(&(id / BLOCK)) && id % BLOCK != 0 => id,
            Some(id) => match self.blocks.iter().filter(|block| **block > (id - 1) / BLOCK).min() {
                Some(block) => first_of(*block),
                None => self.first_of_new_block(),
            },
            None => match self.blocks.iter().max() {
                Some(block) => first_of(*block),
                None => self.first_of_new_block(),
            },
        };
        self.last = Some(id);
        id
    }

    /// The reserved blocks, as the drawing states them.
    pub(super) fn blocks_text(&self) -> String {
        let blocks: Vec<String> = self.blocks.iter().map(ToString::to_string).collect();
        blocks.join(",")
    }

    /// Of a block above all in use too: a shape may stand in one that no drawing has reserved.
    fn first_of_new_block(&mut self) -> u32 {
        let above = self.last.map_or(0, |last| last / BLOCK + 1);
        let block = self.next_block.max(above);
        self.next_block = block.saturating_add(1);
        self.blocks.push(block);
        first_of(block)
    }
}

/// The first id of a block; the one before is left to the drawing itself.
const fn first_of(block: u32) -> u32 {
    block.saturating_mul(BLOCK).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_on_after_those_in_use() {
        let mut ids = ShapeIds::new(vec![1], 4);
        assert_eq!(ids.next(), 1_025);
        ids.see("_x0000_s1030");
        ids.see("Knap 1");
        assert_eq!((ids.next(), ids.next()), (1_031, 1_032));
        assert_eq!(ids.blocks_text(), "1");
    }

    #[test]
    fn a_full_block_is_followed_by_one_that_no_other_drawing_has() {
        let mut ids = ShapeIds::new(vec![1], 4);
        ids.see("_x0000_s2047");
        assert_eq!((ids.next(), ids.next()), (4_097, 4_098));
        assert_eq!(ids.blocks_text(), "1,4");
    }

    #[test]
    fn a_block_that_was_reserved_and_is_empty_is_used_before_another_is_reserved() {
        let mut ids = ShapeIds::new(vec![0, 4], 5);
        ids.see("_x0000_s1025");
        assert_eq!((ids.next(), ids.next()), (4_097, 4_098));
        assert_eq!(ids.blocks_text(), "0,4");
    }

    #[test]
    fn a_block_that_shapes_stand_in_without_its_being_reserved_is_left_to_them() {
        let mut ids = ShapeIds::new(vec![1], 2);
        ids.see("_x0000_s3073");
        assert_eq!((ids.next(), ids.next()), (4_097, 4_098));
        assert_eq!(ids.blocks_text(), "1,4");
    }

    #[test]
    fn a_drawing_without_blocks_reserves_one() {
        let mut ids = ShapeIds::new(Vec::new(), 2);
        assert_eq!(ids.next(), 2_049);
        assert_eq!(ids.blocks_text(), "2");
    }
}
