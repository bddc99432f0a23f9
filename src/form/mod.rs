//! A form as it was filled in: which of the three it is, and what stands in each of its fields.

mod label;
mod layout;
mod value;
mod written_number;

pub use layout::{
    Column, Field, FieldType, FormKind, Layout, LayoutError, RateLine, SheetLayout, SummaryField, TableLayout,
};
pub use value::{Content, Flaw, Value};
