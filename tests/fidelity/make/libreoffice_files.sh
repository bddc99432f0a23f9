#!/usr/bin/env bash
# Makes the files of LibreOffice: libreoffice_files.sh FOLDER (needs soffice, and the file of openpyxl in FOLDER).
# The workbook goes by way of ods, so that all of it is LibreOffice's own.
set -euo pipefail
folder=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
convert() { soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$1" --outdir "$2" "$3" >/dev/null; }
convert ods "$work" "$folder/openpyxl.xlsx"
mv "$work/openpyxl.ods" "$work/libreoffice.ods"
convert xlsx "$folder" "$work/libreoffice.ods"
convert "xltx:Calc MS Excel 2007 XML Template" "$folder" "$work/libreoffice.ods"
mv "$folder/libreoffice.xltx" "$folder/libreoffice-template.xltx"
