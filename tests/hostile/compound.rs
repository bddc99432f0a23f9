//! Compound files of 4 KB sectors, as Excel 97–2003 and encrypted workbooks come in.

const SECTOR: usize = 4096;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
/// A shorter stream would lie among the short ones.
const SHORTEST: usize = 4096;

/// The container of these streams.
pub fn container(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let lengths: Vec<usize> = streams.iter().map(|(_, bytes)| bytes.len().max(SHORTEST).div_ceil(SECTOR)).collect();
    let sectors = 1 + lengths.iter().sum::<usize>();
    let tables = (sectors + 40).div_ceil(SECTOR / 4 - 1);
    let mut table = vec![0xFFFF_FFFD; tables];
    table.push(END);
    let mut directory = entry("Root Entry", 5, END, 0);
    let mut content = Vec::new();
    for ((name, bytes), length) in streams.iter().zip(&lengths) {
        let start = table.len();
        directory.extend(entry(name, 2, number(start), bytes.len().max(SHORTEST)));
        table.extend((start + 1..start + length).map(number));
        table.push(END);
        content.extend(padded(bytes.clone(), length * SECTOR));
    }
    table.resize(tables * SECTOR / 4, FREE);
    let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
    [header(tables), table, padded(directory, SECTOR), content].concat()
}

fn header(tables: usize) -> Vec<u8> {
    let mut header = vec![0; 76];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[24..34].copy_from_slice(&[0x3E, 0, 4, 0, 0xFE, 0xFF, 12, 0, 6, 0]);
    header[40] = 1;
    for (place, field) in [(44, number(tables)), (48, number(tables)), (56, 4096), (60, END), (68, END)] {
        header[place..place + 4].copy_from_slice(&field.to_le_bytes());
    }
    let own = (0..109).map(|index| if index < tables { number(index) } else { FREE });
    header.extend(own.flat_map(u32::to_le_bytes));
    padded(header, SECTOR)
}

fn entry(name: &str, kind: u8, start: u32, length: usize) -> Vec<u8> {
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut entry = padded(units, 128);
    entry[64] = u8::try_from(2 * name.len() + 2).unwrap();
    entry[66] = kind;
    entry[68..80].fill(0xFF);
    entry[116..120].copy_from_slice(&start.to_le_bytes());
    entry[120..124].copy_from_slice(&number(length).to_le_bytes());
    entry
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap()
}

fn padded(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length, 0);
    bytes
}

/// Records of a stream, each of a kind and its data.
pub fn records(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let record = |(kind, data): &(u16, Vec<u8>)| {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    };
    records.iter().flat_map(record).collect()
}
