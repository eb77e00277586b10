package io.serviceresolver.dns;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What is asked: a name and a record type of the Internet class.
 *
 * @param name an absolute name
 * @param type the record type
 */
record Question(Name name, int type) {

    Record toRecord() {
        return Record.newRecord(name, type, DClass.IN);
    }

    boolean matches(Record record) {
        return record.getType() == type
                && record.getDClass() == DClass.IN
                && record.getName().equals(name);
    }

    @Override
    public String toString() {
        return Type.string(type) + " " + name;
    }
}
