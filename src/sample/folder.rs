//! The samples in `samples/`: cases with named mistakes, as a folder of workbooks.
