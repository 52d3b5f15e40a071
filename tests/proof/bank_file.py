#!/usr/bin/env python3
"""Adds up a bank file (pain.001) again, without any of our code: numbers of transfers, sums, identifiers, IBANs.

usage: bank_file.py FILE...    prints what each file asks for, and all of them together; ends with 1 when one does not add up
"""
import re
import sys
import xml.etree.ElementTree as tree
from decimal import Decimal


def text(element, path):
    found = element.find('/'.join('{*}' + name for name in path.split('/')))
    return None if found is None else found.text


def iban_is_right(iban):
    moved = iban[4:] + iban[:4]
    return re.fullmatch(r'[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}', iban) and int(''.join(str(int(c, 36)) for c in moved)) % 97 == 1


def faults_of(path, seen, totals):
    root = tree.parse(path).getroot()
    order = root.find('{*}CstmrCdtTrfInitn')
    transfers = order.findall('{*}PmtInf/{*}CdtTrfTxInf')
    amounts = [Decimal(text(one, 'Amt/InstdAmt')) for one in transfers]
    names = [text(one, 'PmtId/EndToEndId') for one in transfers]
    total = sum(amounts)
    for place, part in [('GrpHdr', order.find('{*}GrpHdr')), ('PmtInf', order.find('{*}PmtInf'))]:
        if int(text(part, 'NbOfTxs')) != len(transfers):
            yield f'{place} says {text(part, "NbOfTxs")} transfers, there are {len(transfers)}'
        if Decimal(text(part, 'CtrlSum')) != total:
            yield f'{place} says {text(part, "CtrlSum")} in all, it is {total}'
    if len(set(names)) != len(names):
        yield 'an identifier stands there twice'
    for name, amount, one in zip(names, amounts, transfers):
        if amount <= 0 or amount.as_tuple().exponent < -2:
            yield f'{name}: {amount} is no amount'
        if not iban_is_right(text(one, 'CdtrAcct/Id/IBAN')):
            yield f'{name}: no IBAN'
        if one.find('{*}Cdtr/{*}PstlAdr') is not None:
            yield f'{name}: an address'
    for name in names:
        if name in seen:
            yield f'{name}: stands in {seen[name]} too'
        seen[name] = path
    totals.append((len(transfers), total))
    print(f'{path}: {len(transfers)} transfers, {total} euro')


def main():
    if len(sys.argv) < 2 or sys.argv[1] in ('-h', '--help'):
        print(__doc__.strip())
        return 0 if len(sys.argv) > 1 else 1
    seen, totals = {}, []
    faults = [f'{path}: {fault}' for path in sys.argv[1:] for fault in faults_of(path, seen, totals)]
    print(f'{sum(count for count, _ in totals)} transfers, {sum(total for _, total in totals)} euro')
    print('\n'.join(faults), end='\n' if faults else '')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
